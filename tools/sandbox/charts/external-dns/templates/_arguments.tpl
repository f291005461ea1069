{{/* Arguments of ExternalDNS by the value that they are made of. A list gives one for each value; null and empty values none. */}}
{{- define "arguments" -}}
{{- $arguments := list
  (list "log-level" .Values.logLevel)
  (list "log-format" .Values.logFormat)
  (list "interval" .Values.interval)
  (list "source" .Values.sources)
  (list "policy" .Values.policy)
  (list "registry" .Values.registry)
  (list "txt-owner-id" .Values.txtOwnerId)
  (list "txt-prefix" .Values.txtPrefix)
  (list "txt-suffix" .Values.txtSuffix)
  (list "domain-filter" .Values.domainFilters)
  (list "exclude-domains" .Values.excludeDomains)
  (list "label-filter" .Values.labelFilter)
  (list "annotation-filter" .Values.annotationFilter)
  (list "managed-record-types" .Values.managedRecordTypes)
  (list "provider" .Values.provider.name)
-}}
{{- range $name, $value := .Values.extraArgs }}
{{- $arguments = append $arguments (list $name $value) }}
{{- end }}
{{- if .Values.triggerLoopOnEvent }}
- "--events"
{{- end }}
{{- range $argument := $arguments }}
{{- $value := index $argument 1 }}
{{- range $one := kindIs "slice" $value | ternary $value (list $value) }}
{{- if not (or (kindIs "invalid" $one) (eq (toString $one) "")) }}
- {{ printf "--%s=%v" (index $argument 0) $one | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
