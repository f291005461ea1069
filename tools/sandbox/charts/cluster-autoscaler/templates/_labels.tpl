{{/* What selects the pods of this release. */}}
{{- define "selectorLabels" -}}
app.kubernetes.io/name: {{ .Values.cloudProvider }}-{{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "labels" -}}
{{ include "selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version | replace "+" "_" }}
{{- end }}

{{/* Name of every object. The cloud's name is in it: cluster-autoscaler-aws-cluster-autoscaler. */}}
{{- define "fullname" -}}
{{ printf "%s-%s-%s" .Release.Name .Values.cloudProvider .Chart.Name | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "serviceAccount" -}}
{{ .Values.rbac.serviceAccount.name | default (.Values.rbac.serviceAccount.create | ternary (include "fullname" .) "default") }}
{{- end }}
