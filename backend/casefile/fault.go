package casefile

import (
	"errors"
	"syscall"

	"github.com/mattn/go-sqlite3"

	"vedette/backend/model"
)

// Fault codes of this package.
const (
	CodeNotFound     = "case_not_found"
	CodeExists       = "case_exists"
	CodeLocked       = "case_locked"
	CodeNewerSchema  = "case_newer_schema"
	CodeDamaged      = "case_damaged"
	CodeDiskFull     = "disk_full"
	CodeReadOnly     = "case_read_only"
	CodePostNotFound = "post_not_found"
	CodeCheckpoint   = "checkpoint_failed"
	CodeInUse        = "case_in_use"
)

// extended result codes of SQLite that mean a failed write (sqlite.org/rescode).
const (
	ioErrWrite    = 778
	ioErrFsync    = 1034
	ioErrTruncate = 1546
	ioErrShmSize  = 4874
)

func fault(code, message string, err error) *model.Fault {
	return &model.Fault{Code: code, Params: map[string]string{"message": message}, Err: err}
}

// asFault gives errors of SQLite and the file system the code that says what
// happened to the case. An error that has one already, or none, stays.
func asFault(err error) error {
	if err == nil {
		return nil
	}
	var f *model.Fault
	if errors.As(err, &f) {
		return err
	}
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return fault(CodeDiskFull, "the disk is full", err)
	}
	if errors.Is(err, syscall.EROFS) {
		return fault(CodeReadOnly, "the case is on read-only media", err)
	}
	var se sqlite3.Error
	if !errors.As(err, &se) {
		return err
	}
	switch se.Code {
	case sqlite3.ErrFull:
		return fault(CodeDiskFull, "the disk is full", err)
	case sqlite3.ErrIoErr:
		switch int(se.ExtendedCode) {
		case ioErrWrite, ioErrFsync, ioErrTruncate, ioErrShmSize:
			return fault(CodeDiskFull, "the disk is full or gone: a write to the case failed", err)
		}
		return fault(CodeDamaged, "the case cannot be read from its disk", err)
	case sqlite3.ErrReadonly:
		return fault(CodeReadOnly, "the case cannot be written to", err)
	case sqlite3.ErrCorrupt, sqlite3.ErrNotADB:
		return fault(CodeDamaged, "the case's database is damaged", err)
	case sqlite3.ErrBusy, sqlite3.ErrLocked:
		return fault(CodeLocked, "another program is writing to the case", err)
	}
	return err
}
