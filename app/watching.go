package app

import (
	"context"
	"strings"

	"vedette/backend/model"
	"vedette/backend/workspace"
)

// Subjects lists the watched subjects.
func (l *ListenService) Subjects() ([]model.Subject, error) {
	list := []model.Subject{}
	err := l.host.withCase(func(ctx context.Context, s *workspace.Session) error {
		got, err := s.Subjects(ctx)
		list = append(list, got...)
		return wrap("list subjects", err)
	})
	return list, err
}

// PutSubject adds a subject, or replaces the one with the same id. It can be
// undone.
func (l *ListenService) PutSubject(x model.Subject) (model.Subject, error) {
	err := l.host.acts("keep subject", func(ctx context.Context, a workspace.Acts) error {
		var err error
		x, err = a.PutSubject(ctx, x)
		return wrap("keep", err)
	})
	return x, err
}

// RemoveSubject stops watching a subject, by id. It can be undone.
func (l *ListenService) RemoveSubject(id string) error {
	return l.host.acts("remove subject", func(ctx context.Context, a workspace.Acts) error { return a.RemoveSubject(ctx, id) })
}

// Collectors lists the collectors of the case.
func (l *ListenService) Collectors() ([]model.Collector, error) {
	list := []model.Collector{}
	err := l.host.withCase(func(ctx context.Context, s *workspace.Session) error {
		got, err := s.Collectors(ctx)
		list = append(list, got...)
		return wrap("list collectors", err)
	})
	return list, err
}

// PutCollector adds a collector, or changes address, name, source and schedule
// of the one with the same id. Nothing is fetched.
func (l *ListenService) PutCollector(x model.Collector) (model.Collector, error) {
	err := l.host.withCase(func(ctx context.Context, s *workspace.Session) error {
		list, err := s.Collectors(ctx)
		if err != nil {
			return wrap("list collectors", err)
		}
		put := model.Collector{Type: x.Type, URL: x.URL, Name: x.Name, Source: x.Source, EveryMinutes: max(x.EveryMinutes, 0)}
		for _, known := range list {
			if x.ID != "" && known.ID == x.ID {
				put = known
				put.Name, put.Source, put.EveryMinutes = x.Name, x.Source, max(x.EveryMinutes, 0)
				if put.URL != x.URL { // what the old address said last is nothing to the new one
					put.URL, put.ETag, put.LastModified, put.LastError = x.URL, "", "", ""
				}
			}
		}
		if x.ID != "" && put.ID == "" {
			return fault("collector_not_found", "no collector has the id "+x.ID, map[string]string{"collector": x.ID})
		}
		x, err = s.PutCollector(ctx, put)
		return wrap("keep collector", err)
	})
	return x, err
}

// RemoveCollector removes a collector; what it collected stays.
func (l *ListenService) RemoveCollector(id string) error {
	return l.host.withCase(func(ctx context.Context, s *workspace.Session) error {
		return wrap("remove collector", s.RemoveCollector(ctx, id))
	})
}

// Collect runs the collectors with these ids, or all, in a job; its result is a
// workspace.CollectResult. This is what goes out to the network.
func (l *ListenService) Collect(ids []string) (string, error) {
	return l.host.startJob(workspace.JobCollect, strings.Join(ids, " "), func(ctx context.Context, s *workspace.Session, progress workspace.ProgressFunc) (any, error) {
		res, err := s.Collect(ctx, ids, progress)
		return res, wrap("collect", err)
	})
}

// Ledger lists the requests that the case made after an id (0 begins), oldest
// first, at most 1,000 at once.
func (l *ListenService) Ledger(after int64, limit int) ([]model.Request, error) {
	list := []model.Request{}
	err := l.host.withCase(func(ctx context.Context, s *workspace.Session) error {
		got, err := s.Ledger(ctx, after, min(max(limit, 1), maxLines))
		list = append(list, got...)
		return wrap("read the ledger", err)
	})
	return list, err
}
