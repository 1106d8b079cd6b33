// Package influence measures whose posts carry: how widely they are taken up, how
// steadily, and who was there first. It is pure: counts come in, measures go out.
// Influence over what people think is not measured by any of it.
package influence
