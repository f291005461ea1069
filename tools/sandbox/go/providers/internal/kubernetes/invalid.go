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

// argument is the path as it is written in Terraform: spec[0].template[0].
func (i *invalidArgument) argument() string {
	return strings.ReplaceAll(strings.Join(i.path, "."), ".[", "[")
}

// invalidArguments are all that are wrong at once.
type invalidArguments []*invalidArgument

func (all invalidArguments) Error() string {
	lines := make([]string, len(all))
	for i, one := range all {
		lines[i] = one.Error()
	}
	return strings.Join(lines, "\n")
}

// found adds an error at a step of the path to those that were found before; nil is none.
func (all invalidArguments) found(step string, err error) invalidArguments {
	if err == nil {
		return all
	}
	var inner invalidArguments
	if !errors.As(err, &inner) {
		inner = invalidArguments{{err: err}}
	}
	for _, one := range inner {
		all = append(all, &invalidArgument{path: append([]string{step}, one.path...), err: one.err})
	}
	return all
}

// orNil is nil when nothing was found: an empty list of them would still be an error.
func (all invalidArguments) orNil() error {
	if len(all) == 0 {
		return nil
	}
	return all
}
