{{- define "web.labels" -}}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{- define "web.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "web.resources" -}}
{{- if eq .Values.size "small" -}}
requests: { cpu: 100m, memory: 128Mi }
limits: { memory: 256Mi }
{{- else if eq .Values.size "medium" -}}
requests: { cpu: 250m, memory: 512Mi }
limits: { memory: 1Gi }
{{- else if eq .Values.size "large" -}}
requests: { cpu: '1', memory: 2Gi }
limits: { memory: 4Gi }
{{- else -}}
{{- toYaml .Values.resources -}}
{{- end -}}
{{- end -}}
