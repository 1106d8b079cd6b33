// Package app is the window: small services bound to the page, an HTTP handler
// for what is large, and the program's life. It speaks to the workspace and to
// Wails and holds no logic of the trade.
//
// The page passes ids, tokens and values only. A path comes from a native
// dialog, is received here, and reaches the page as a token that stands for it.
package app
