package casefile

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/klauspost/compress/zstd"

	"vedette/backend/custody"
	"vedette/backend/model"
)

// frameSize is how many bytes of the original one zstd frame holds.
const frameSize = 256 << 10

// containerRecord is the logged payload of a container. File is the SHA-256 of
// the file as stored, SHA256 of the original.
type containerRecord struct {
	SHA256 string `json:"sha256"`
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	Stored int64  `json:"stored"`
	File   string `json:"file"`
}

// StoreContainer keeps the bytes of r whole in the case, compressed in frames
// of 256 KB, and logs it. The file and its folder are on the disk before the
// transaction that names it. Bytes that the case has already are not kept
// twice: the container's first name stays. progress, when given, is called with
// the bytes read so far.
func (c *Case) StoreContainer(ctx context.Context, name string, r io.Reader, progress func(done int64)) (model.Container, error) {
	if c.w == nil {
		return model.Container{}, fault(CodeReadOnly, "the case was opened for reading", nil)
	}
	folder := filepath.Join(c.dir, containerFolder)
	tmp, err := os.CreateTemp(folder, tempPrefix+"*")
	if err != nil {
		return model.Container{}, asFault(fmt.Errorf("make container: %w", err))
	}
	rec, err := compress(ctx, tmp, r, progress)
	if err == nil {
		err = tmp.Sync()
	}
	err = errors.Join(err, tmp.Close())
	if err != nil {
		return model.Container{}, asFault(errors.Join(fmt.Errorf("store container: %w", err), os.Remove(tmp.Name())))
	}
	rec.Name = name
	cont, err := c.nameContainer(ctx, tmp.Name(), rec)
	if err != nil {
		return model.Container{}, fmt.Errorf("store container: %w", err)
	}
	return cont, nil
}

// tempPrefix marks files in the container folder that are being written.
const tempPrefix = ".part-"

// nameContainer gives the finished file its name and logs it. It holds the
// writer throughout, so that two imports of the same file cannot meet here.
func (c *Case) nameContainer(ctx context.Context, tmp string, rec containerRecord) (model.Container, error) {
	path := filepath.Join(c.dir, containerFolder, rec.SHA256)
	renamed := false
	err := c.write(ctx, func(t *tx) error {
		var known *containerRecord
		err := t.w.query(5, func(r *row) error {
			known = &containerRecord{SHA256: r.some(), Name: r.some(), Size: r.num(), Stored: r.num(), File: r.some()}
			return nil
		}, "SELECT sha256, name, size, stored, file FROM containers WHERE sha256 = ?", rec.SHA256)
		if err != nil {
			return err
		}
		if known != nil {
			rec = *known
			return nil
		}
		if err := os.Rename(tmp, path); err != nil {
			return fmt.Errorf("name container: %w", err)
		}
		renamed = true
		if err := syncFolder(filepath.Dir(path)); err != nil {
			return err
		}
		return t.insertContainer(rec)
	})
	if !renamed {
		if rerr := os.Remove(tmp); rerr != nil && !errors.Is(rerr, fs.ErrNotExist) {
			err = errors.Join(err, fmt.Errorf("remove temporary container: %w", rerr))
		}
	}
	return model.Container{SHA256: rec.SHA256, Name: rec.Name, Size: rec.Size, Stored: rec.Stored}, err
}

func (t *tx) insertContainer(rec containerRecord) error {
	payload, err := json.Marshal(rec)
	if err != nil {
		return fmt.Errorf("encode container: %w", err)
	}
	seq, err := t.log(actContainer, objectName("container", rec.SHA256), custody.PayloadCommit(payload), payload)
	if err != nil {
		return err
	}
	return t.w.exec("INSERT INTO containers (sha256, name, size, stored, file, log) VALUES (?,?,?,?,?,?)",
		rec.SHA256, rec.Name, rec.Size, rec.Stored, rec.File, seq)
}

// compress writes r as a seekable zstd file: one frame per frameSize bytes,
// then the seek table. Any zstd program can unpack it.
func compress(ctx context.Context, w io.Writer, r io.Reader, progress func(int64)) (containerRecord, error) {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithEncoderCRC(true))
	if err != nil {
		return containerRecord{}, fmt.Errorf("make compressor: %w", err)
	}
	original, stored := sha256.New(), sha256.New()
	out := io.MultiWriter(w, stored)
	var table seekTable
	buf, packed := make([]byte, frameSize), make([]byte, 0, frameSize)
	for {
		if err := ctx.Err(); err != nil {
			return containerRecord{}, fmt.Errorf("store container: %w", err)
		}
		n, err := io.ReadFull(r, buf)
		if n > 0 {
			original.Write(buf[:n])
			packed = enc.EncodeAll(buf[:n], packed[:0])
			if _, err := out.Write(packed); err != nil {
				return containerRecord{}, fmt.Errorf("write container: %w", err)
			}
			table.add(len(packed), n)
			if progress != nil {
				progress(table.size())
			}
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			break
		}
		if err != nil {
			return containerRecord{}, fmt.Errorf("read original: %w", err)
		}
	}
	tail, err := table.encode()
	if err != nil {
		return containerRecord{}, err
	}
	if _, err := out.Write(tail); err != nil {
		return containerRecord{}, fmt.Errorf("write container: %w", err)
	}
	return containerRecord{
		SHA256: hexSum(original), Size: table.size(), Stored: table.packed() + int64(len(tail)), File: hexSum(stored),
	}, nil
}

func hexSum(h hash.Hash) string { return hex.EncodeToString(h.Sum(nil)) }

// Containers lists the original files and responses kept in the case, in the
// order in which they came.
func (c *Case) Containers(ctx context.Context) ([]model.Container, error) {
	var out []model.Container
	err := c.rows(ctx, 4, func(r *row) error {
		out = append(out, model.Container{SHA256: r.some(), Name: r.some(), Size: r.num(), Stored: r.num()})
		return nil
	}, "SELECT sha256, name, size, stored FROM containers ORDER BY id")
	if err != nil {
		return nil, fmt.Errorf("list containers: %w", err)
	}
	return out, nil
}

// sweep removes what an interrupted StoreContainer left: temporary files, and,
// when asked, whole containers that no transaction names.
func (c *Case) sweep(ctx context.Context, orphans bool) error {
	folder := filepath.Join(c.dir, containerFolder)
	list, err := os.ReadDir(folder)
	if err != nil {
		return fault(CodeDamaged, "the container folder cannot be read", err)
	}
	stray := map[string]bool{}
	if orphans {
		names, err := unnamedContainers(ctx, c.read, c.dir)
		if err != nil {
			return err
		}
		for _, n := range names {
			stray[n] = true
		}
	}
	for _, e := range list {
		if stray[e.Name()] || strings.HasPrefix(e.Name(), tempPrefix) {
			if err := os.Remove(filepath.Join(folder, e.Name())); err != nil {
				return fmt.Errorf("remove unfinished container: %w", err)
			}
		}
	}
	return nil
}
