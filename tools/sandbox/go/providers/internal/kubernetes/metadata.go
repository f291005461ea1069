package kubernetes

// metadata of an object. name and namespace are its identity; the last three are the API server's.
func metadata(clusterWide bool) *argument {
	arguments := append(templateMetadata(),
		&argument{name: "generation", property: "generation", shape: number, computed: true, readOnly: true},
		&argument{name: "resource_version", property: "resourceVersion", shape: text, computed: true, readOnly: true},
		&argument{name: "uid", property: "uid", shape: text, computed: true, readOnly: true, stable: true},
	)
	kept := arguments[:0]
	for _, argument := range arguments {
		switch argument.name {
		case "name":
			argument.computed, argument.stable = true, true
		case "namespace":
			if clusterWide {
				continue
			}
			argument.computed, argument.stable, argument.fallback = true, true, "default"
		}
		kept = append(kept, argument)
	}
	return &argument{name: "metadata", property: "metadata", shape: block, required: true, arguments: kept}
}

// templateMetadata is what an object made from a template, such as a Deployment's pods, can be given.
func templateMetadata() []*argument {
	return []*argument{
		{name: "annotations", property: "annotations", shape: textMap, dropsZero: true},
		{name: "generate_name", property: "generateName", shape: text, dropsEmpty: true},
		{name: "labels", property: "labels", shape: textMap, dropsZero: true},
		{name: "name", property: "name", shape: text, dropsEmpty: true},
		{name: "namespace", property: "namespace", shape: text, dropsEmpty: true},
	}
}
