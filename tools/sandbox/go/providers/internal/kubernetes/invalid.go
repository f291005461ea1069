package kubernetes

import (
	"errors"
	"strings"
)

// invalidArgument is a value that cannot stand in the object, with the path of its argument.
type invalidArgument struct {
	path []string
	err  error
}

func (i *invalidArgument) Error() string { return i.argument() + ": " + i.err.Error() }

func (i *invalidArgument) Unwrap() error { return i.err }

// argument is the path as it is written in Terraform: spec[0].template[0].
func (i *invalidArgument) argument() string {
	return strings.ReplaceAll(strings.Join(i.path, "."), ".[", "[")
}

// at puts a step before the error's path.
func at(step string, err error) error {
	var inner *invalidArgument
	if errors.As(err, &inner) {
		return &invalidArgument{path: append([]string{step}, inner.path...), err: inner.err}
	}
	return &invalidArgument{path: []string{step}, err: err}
}
