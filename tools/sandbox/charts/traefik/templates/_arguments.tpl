{{/* Arguments of Traefik by the value that they are made of; null, empty and false values give none. */}}
{{- define "arguments" -}}
{{- range $name, $port := .Values.ports }}
- {{ printf "--entryPoints.%s.address=:%v/tcp" $name $port.port | quote }}
{{- with $port.forwardedHeaders }}
{{- with .trustedIPs }}
- {{ printf "--entryPoints.%s.forwardedHeaders.trustedIPs=%s" $name (join "," .) | quote }}
{{- end }}
{{- if .insecure }}
- {{ printf "--entryPoints.%s.forwardedHeaders.insecure" $name | quote }}
{{- end }}
{{- end }}
{{- range $setting, $value := (($port.transport).lifeCycle) }}
{{- if not (kindIs "invalid" $value) }}
- {{ printf "--entryPoints.%s.transport.lifeCycle.%s=%v" $name $setting $value | quote }}
{{- end }}
{{- end }}
{{- end }}
- {{ printf "--api.dashboard=%v" .Values.api.dashboard | quote }}
- "--ping=true"
{{- with .Values.metrics.prometheus }}
- "--metrics.prometheus=true"
- {{ printf "--metrics.prometheus.entrypoint=%s" .entryPoint | quote }}
{{- end }}
{{- if .Values.providers.kubernetesCRD.enabled }}
- "--providers.kubernetescrd"
{{- range $name, $value := omit .Values.providers.kubernetesCRD "enabled" }}
{{- with $value }}
- {{ printf "--providers.kubernetescrd.%s=%s" $name (kindIs "slice" . | ternary (join "," .) (toString .)) | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- if .Values.providers.kubernetesIngress.enabled }}
- "--providers.kubernetesingress"
{{- end }}
{{- with .Values.log.format }}
- {{ printf "--log.format=%s" . | quote }}
{{- end }}
- {{ printf "--log.level=%s" .Values.log.level | quote }}
{{- if not .Values.global.checkNewVersion }}
- "--global.checkNewVersion=false"
{{- end }}
{{- if .Values.global.sendAnonymousUsage }}
- "--global.sendAnonymousUsage"
{{- end }}
{{- end }}
