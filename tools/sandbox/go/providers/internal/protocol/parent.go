package protocol

import (
	"os"
	"time"
)

// EndWithTerraform ends this process when the one that started it has ended. A Terraform that is killed leaves its
// providers behind: they would go on changing the cluster beside the next apply, and never end.
func EndWithTerraform() {
	parent := os.Getppid()
	go func() {
		for range time.Tick(time.Second) {
			if os.Getppid() != parent {
				os.Exit(1)
			}
		}
	}()
}
