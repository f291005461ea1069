{{/* What selects the pods of this release: the real chart adds the namespace to the instance. */}}
{{- define "selectorLabels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ printf "%s-%s" .Release.Name .Release.Namespace | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "labels" -}}
{{ include "selectorLabels" . }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version | replace "+" "_" }}
{{- end }}

{{/* Name of every object: the release alone, where it is called as the chart is. */}}
{{- define "fullname" -}}
{{ contains .Chart.Name .Release.Name | ternary .Release.Name (printf "%s-%s" .Release.Name .Chart.Name) | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "serviceAccount" -}}
{{ .Values.serviceAccount.name | default (include "fullname" .) }}
{{- end }}

{{/* Of objects that have no namespace. */}}
{{- define "clusterName" -}}
{{ printf "%s-%s" (include "fullname" .) .Release.Namespace | trunc 63 | trimSuffix "-" }}
{{- end }}
