package helm

import (
	"testing"

	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/rest"
)

func TestWhatOneClientWritesIntoItsConfigIsNoOthers(t *testing.T) {
	c := &cluster{config: &rest.Config{Host: "https://example.com"}}
	one, err := c.ToRESTConfig()
	if err != nil {
		t.Fatal(err)
	}
	one.APIPath = "/apis"
	one.GroupVersion = &schema.GroupVersion{Group: "apps", Version: "v1"}
	other, err := c.ToRESTConfig()
	if err != nil {
		t.Fatal(err)
	}
	if other.APIPath != "" || other.GroupVersion != nil || other.Host != "https://example.com" {
		t.Errorf("got %+v", other)
	}
}
