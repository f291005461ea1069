{{/* Arguments of the controller by the value that they are made of; those whose value is null or empty are left out. */}}
{{- define "arguments" -}}
{{- $arguments := list
  (list "cluster-name" .Values.clusterName)
  (list "ingress-class" .Values.ingressClass)
  (list "aws-region" .Values.region)
  (list "aws-vpc-id" .Values.vpcId)
  (list "log-level" .Values.logLevel)
  (list "watch-namespace" .Values.watchNamespace)
  (list "sync-period" .Values.syncPeriod)
  (list "external-managed-tags" (join "," .Values.externalManagedTags))
  (list "default-target-type" .Values.defaultTargetType)
  (list "default-load-balancer-scheme" .Values.defaultLoadBalancerScheme)
  (list "default-ssl-policy" .Values.defaultSSLPolicy)
  (list "load-balancer-class" .Values.loadBalancerClass)
  (list "backend-security-group" .Values.backendSecurityGroup)
  (list "enable-backend-security-group" .Values.enableBackendSecurityGroup)
  (list "enable-shield" .Values.enableShield)
  (list "enable-waf" .Values.enableWaf)
  (list "enable-wafv2" .Values.enableWafv2)
  (list "disable-ingress-class-annotation" .Values.disableIngressClassAnnotation)
  (list "disable-ingress-group-name-annotation" .Values.disableIngressGroupNameAnnotation)
-}}
{{- range $argument := $arguments }}
{{- $value := index $argument 1 }}
{{- if or $value (kindIs "bool" $value) }}
- {{ printf "--%s=%v" (index $argument 0) $value | quote }}
{{- end }}
{{- end }}
{{- with .Values.defaultTags }}
{{- $tags := list }}
{{- range $key, $value := . }}
{{- $tags = append $tags (printf "%s=%s" $key $value) }}
{{- end }}
- {{ printf "--default-tags=%s" (join "," $tags) | quote }}
{{- end }}
{{- end }}
