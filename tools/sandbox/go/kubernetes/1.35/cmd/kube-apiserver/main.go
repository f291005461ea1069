// kube-apiserver as Kubernetes builds it, with one difference: it asks anew who a token belongs to with every request.
// Kubernetes takes a token that was good for 10 seconds more, whatever the webhook's own caches are set to, and no flag
// changes that. Here a role is to be refused as soon as its access entry is gone.
package main

import (
	"os"

	_ "time/tzdata"

	"github.com/spf13/cobra"
	utilerrors "k8s.io/apimachinery/pkg/util/errors"
	genericapiserver "k8s.io/apiserver/pkg/server"
	"k8s.io/client-go/rest"
	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	"k8s.io/kubernetes/cmd/kube-apiserver/app"
	"k8s.io/kubernetes/cmd/kube-apiserver/app/options"
)

func main() {
	os.Exit(cli.Run(newCommand()))
}

func newCommand() *cobra.Command {
	run := options.NewServerRunOptions()
	run.Authentication.TokenSuccessCacheTTL = 0
	ctx := genericapiserver.SetupSignalContext()
	command := &cobra.Command{
		Use:          "kube-apiserver",
		Args:         cobra.NoArgs,
		SilenceUsage: true,
		RunE: func(*cobra.Command, []string) error {
			if err := run.GenericServerRunOptions.ComponentGlobalsRegistry.Set(); err != nil {
				return err
			}
			rest.SetDefaultWarningHandler(rest.NoWarnings{})
			completed, err := run.Complete(ctx)
			if err != nil {
				return err
			}
			if problems := completed.Validate(); len(problems) > 0 {
				return utilerrors.NewAggregate(problems)
			}
			return app.Run(ctx, completed)
		},
	}
	command.SetContext(ctx)
	for _, flags := range run.Flags().FlagSets {
		command.Flags().AddFlagSet(flags)
	}
	return command
}
