/*
 * The messages that kubectl (1.32 and later) sends in Kubernetes' protobuf encoding: those of `kubectl create …`,
 * `kubectl auth …`, `kubectl drain` and of deletions. Each line is a message: its fields with number and type. `?`
 * marks a pointer field in Go, which is set even if it is zero; `[]` a list; `map<…>` a map from strings; `inline`
 * a message whose fields are in its parent's JSON.
 */
const SOURCE = `
ObjectMeta: name 1 string, generateName 2 string, namespace 3 string, selfLink 4 string, uid 5 string, resourceVersion 6 string, generation 7 int, creationTimestamp 8 Time, deletionTimestamp 9 Time, deletionGracePeriodSeconds 10 int?, labels 11 map<string>, annotations 12 map<string>, ownerReferences 13 OwnerReference[], finalizers 14 string[]
OwnerReference: kind 1 string, name 3 string, uid 4 string, apiVersion 5 string, controller 6 bool?, blockOwnerDeletion 7 bool?
LabelSelector: matchLabels 1 map<string>, matchExpressions 2 LabelSelectorRequirement[]
LabelSelectorRequirement: key 1 string, operator 2 string, values 3 string[]
DeleteOptions: gracePeriodSeconds 1 int?, preconditions 2 Preconditions, orphanDependents 3 bool?, propagationPolicy 4 string, dryRun 5 string[]
Preconditions: uid 1 string, resourceVersion 2 string
LocalObjectReference: name 1 string
ObjectReference: kind 1 string, namespace 2 string, name 3 string, uid 4 string, apiVersion 5 string, resourceVersion 6 string, fieldPath 7 string
Namespace: metadata 1 ObjectMeta, spec 2 NamespaceSpec, status 3 NamespaceStatus
NamespaceSpec: finalizers 1 string[]
NamespaceStatus: phase 1 string
ConfigMap: metadata 1 ObjectMeta, data 2 map<string>, binaryData 3 map<bytes>, immutable 4 bool?
Secret: metadata 1 ObjectMeta, data 2 map<bytes>, type 3 string, stringData 4 map<string>, immutable 5 bool?
ServiceAccount: metadata 1 ObjectMeta, secrets 2 ObjectReference[], imagePullSecrets 3 LocalObjectReference[], automountServiceAccountToken 4 bool?
Service: metadata 1 ObjectMeta, spec 2 ServiceSpec, status 3 ServiceStatus
ServiceSpec: ports 1 ServicePort[], selector 2 map<string>, clusterIP 3 string, type 4 string, externalIPs 5 string[], sessionAffinity 7 string, loadBalancerIP 8 string, loadBalancerSourceRanges 9 string[], externalName 10 string, externalTrafficPolicy 11 string, healthCheckNodePort 12 int, publishNotReadyAddresses 13 bool, ipFamilyPolicy 17 string, clusterIPs 18 string[], ipFamilies 19 string[], allocateLoadBalancerNodePorts 20 bool?, loadBalancerClass 21 string, internalTrafficPolicy 22 string
ServicePort: name 1 string, protocol 2 string, port 3 int, targetPort 4 IntOrString, nodePort 5 int, appProtocol 6 string
ServiceStatus: loadBalancer 1 Empty
Empty:
ResourceQuota: metadata 1 ObjectMeta, spec 2 ResourceQuotaSpec, status 3 ResourceQuotaStatus
ResourceQuotaSpec: hard 1 map<Quantity>, scopes 2 string[], scopeSelector 3 ScopeSelector
ResourceQuotaStatus: hard 1 map<Quantity>, used 2 map<Quantity>
ScopeSelector: matchExpressions 1 ScopedSelectorRequirement[]
ScopedSelectorRequirement: scopeName 1 string, operator 2 string, values 3 string[]
Pod: metadata 1 ObjectMeta, spec 2 PodSpec, status 3 Empty
PodTemplateSpec: metadata 1 ObjectMeta, spec 2 PodSpec
PodSpec: containers 2 Container[], restartPolicy 3 string, terminationGracePeriodSeconds 4 int?, activeDeadlineSeconds 5 int?, dnsPolicy 6 string, nodeSelector 7 map<string>, serviceAccountName 8 string, serviceAccount 9 string, nodeName 10 string, hostNetwork 11 bool, hostPID 12 bool, hostIPC 13 bool, securityContext 14 Empty, imagePullSecrets 15 LocalObjectReference[], hostname 16 string, subdomain 17 string, schedulerName 19 string, initContainers 20 Container[], automountServiceAccountToken 21 bool?, priorityClassName 24 string, priority 25 int?
Container: name 1 string, image 2 string, command 3 string[], args 4 string[], workingDir 5 string, ports 6 ContainerPort[], env 7 EnvVar[], resources 8 ResourceRequirements, terminationMessagePath 13 string, imagePullPolicy 14 string, stdin 16 bool, stdinOnce 17 bool, tty 18 bool, terminationMessagePolicy 20 string
ContainerPort: name 1 string, hostPort 2 int, containerPort 3 int, protocol 4 string, hostIP 5 string
EnvVar: name 1 string, value 2 string
ResourceRequirements: limits 1 map<Quantity>, requests 2 map<Quantity>
Deployment: metadata 1 ObjectMeta, spec 2 DeploymentSpec, status 3 DeploymentStatus
DeploymentSpec: replicas 1 int?, selector 2 LabelSelector, template 3 PodTemplateSpec, strategy 4 DeploymentStrategy, minReadySeconds 5 int, revisionHistoryLimit 6 int?, paused 7 bool, progressDeadlineSeconds 9 int?
DeploymentStrategy: type 1 string, rollingUpdate 2 RollingUpdateDeployment
RollingUpdateDeployment: maxUnavailable 1 IntOrString, maxSurge 2 IntOrString
DeploymentStatus: observedGeneration 1 int, replicas 2 int, updatedReplicas 3 int, availableReplicas 4 int, unavailableReplicas 5 int, readyReplicas 7 int
Job: metadata 1 ObjectMeta, spec 2 JobSpec, status 3 JobStatus
JobSpec: parallelism 1 int?, completions 2 int?, activeDeadlineSeconds 3 int?, selector 4 LabelSelector, manualSelector 5 bool?, template 6 PodTemplateSpec, backoffLimit 7 int?, ttlSecondsAfterFinished 8 int?, completionMode 9 string, suspend 10 bool?
JobStatus: active 4 int, succeeded 5 int, failed 6 int, completedIndexes 7 string
CronJob: metadata 1 ObjectMeta, spec 2 CronJobSpec, status 3 Empty
CronJobSpec: schedule 1 string, startingDeadlineSeconds 2 int?, concurrencyPolicy 3 string, suspend 4 bool?, jobTemplate 5 JobTemplateSpec, successfulJobsHistoryLimit 6 int?, failedJobsHistoryLimit 7 int?, timeZone 8 string
JobTemplateSpec: metadata 1 ObjectMeta, spec 2 JobSpec
Role: metadata 1 ObjectMeta, rules 2 PolicyRule[]
ClusterRole: metadata 1 ObjectMeta, rules 2 PolicyRule[], aggregationRule 3 AggregationRule
AggregationRule: clusterRoleSelectors 1 LabelSelector[]
PolicyRule: verbs 1 string[], apiGroups 2 string[], resources 3 string[], resourceNames 4 string[], nonResourceURLs 5 string[]
RoleBinding: metadata 1 ObjectMeta, subjects 2 Subject[], roleRef 3 RoleRef
ClusterRoleBinding: metadata 1 ObjectMeta, subjects 2 Subject[], roleRef 3 RoleRef
Subject: kind 1 string, apiGroup 2 string, name 3 string, namespace 4 string
RoleRef: apiGroup 1 string, kind 2 string, name 3 string
Ingress: metadata 1 ObjectMeta, spec 2 IngressSpec, status 3 ServiceStatus
IngressSpec: defaultBackend 1 IngressBackend, tls 2 IngressTLS[], rules 3 IngressRule[], ingressClassName 4 string
IngressTLS: hosts 1 string[], secretName 2 string
IngressRule: host 1 string, value 2 inline IngressRuleValue
IngressRuleValue: http 1 HTTPIngressRuleValue
HTTPIngressRuleValue: paths 1 HTTPIngressPath[]
HTTPIngressPath: path 1 string, backend 2 IngressBackend, pathType 3 string
IngressBackend: service 4 IngressServiceBackend
IngressServiceBackend: name 1 string, port 2 ServiceBackendPort
ServiceBackendPort: name 1 string, number 2 int
PodDisruptionBudget: metadata 1 ObjectMeta, spec 2 PodDisruptionBudgetSpec, status 3 PodDisruptionBudgetStatus
PodDisruptionBudgetSpec: minAvailable 1 IntOrString, selector 2 LabelSelector, maxUnavailable 3 IntOrString, unhealthyPodEvictionPolicy 4 string
PodDisruptionBudgetStatus: observedGeneration 1 int, disruptionsAllowed 3 int, currentHealthy 4 int, desiredHealthy 5 int, expectedPods 6 int
Eviction: metadata 1 ObjectMeta, deleteOptions 2 DeleteOptions
PriorityClass: metadata 1 ObjectMeta, value 2 int, globalDefault 3 bool, description 4 string, preemptionPolicy 5 string
SelfSubjectAccessReview: metadata 1 ObjectMeta, spec 2 AccessReviewSpec, status 3 AccessReviewStatus
SubjectAccessReview: metadata 1 ObjectMeta, spec 2 AccessReviewSpec, status 3 AccessReviewStatus
LocalSubjectAccessReview: metadata 1 ObjectMeta, spec 2 AccessReviewSpec, status 3 AccessReviewStatus
AccessReviewSpec: resourceAttributes 1 ResourceAttributes, nonResourceAttributes 2 NonResourceAttributes, user 3 string, groups 4 string[], uid 6 string
ResourceAttributes: namespace 1 string, verb 2 string, group 3 string, version 4 string, resource 5 string, subresource 6 string, name 7 string
NonResourceAttributes: path 1 string, verb 2 string
AccessReviewStatus: allowed 1 bool, reason 2 string, evaluationError 3 string, denied 4 bool
SelfSubjectRulesReview: metadata 1 ObjectMeta, spec 2 SelfSubjectRulesReviewSpec, status 3 RulesReviewStatus
SelfSubjectRulesReviewSpec: namespace 1 string
RulesReviewStatus: incomplete 3 bool, evaluationError 4 string
SelfSubjectReview: metadata 1 ObjectMeta, status 2 SelfSubjectReviewStatus
SelfSubjectReviewStatus: userInfo 1 UserInfo
UserInfo: username 1 string, uid 2 string, groups 3 string[]
TokenReview: metadata 1 ObjectMeta, spec 2 TokenReviewSpec, status 3 TokenReviewStatus
TokenReviewSpec: token 1 string, audiences 2 string[]
TokenReviewStatus: authenticated 1 bool, user 2 UserInfo, error 3 string
TokenRequest: metadata 1 ObjectMeta, spec 2 TokenRequestSpec, status 3 TokenRequestStatus
TokenRequestSpec: audiences 1 string[], boundObjectRef 3 BoundObjectReference, expirationSeconds 4 int?
BoundObjectReference: kind 1 string, apiVersion 2 string, name 3 string, uid 4 string
TokenRequestStatus: token 1 string, expirationTimestamp 2 Time
Scale: metadata 1 ObjectMeta, spec 2 ScaleSpec, status 3 ScaleStatus
ScaleSpec: replicas 1 int
ScaleStatus: replicas 1 int, selector 2 string
Lease: metadata 1 ObjectMeta, spec 2 LeaseSpec
LeaseSpec: holderIdentity 1 string, leaseDurationSeconds 2 int?, acquireTime 3 MicroTime, renewTime 4 MicroTime, leaseTransitions 5 int?
`;

export interface Field {
  name: string;
  type: string;
  isList: boolean;
  isMap: boolean;
  isPointer: boolean;
  isInline: boolean;
}

/** The fields by number, by message. */
export const MESSAGES: ReadonlyMap<
  string,
  ReadonlyMap<number, Field>
> = new Map(
  SOURCE.trim()
    .split('\n')
    .map(line => {
      const [message, fields] = line.split(':');
      const entries = fields
        .split(',')
        .map(field => field.trim())
        .filter(field => field !== '')
        .map(readField);
      return [message, new Map(entries)];
    }),
);

function readField(text: string): [number, Field] {
  const [name, number, ...words] = text.split(' ');
  const type = words[words.length - 1];
  return [
    Number(number),
    {
      name,
      type: type.replace(/^map<(.*)>$/, '$1').replace(/\[\]$|\?$/, ''),
      isList: type.endsWith('[]'),
      isMap: type.startsWith('map<'),
      isPointer: type.endsWith('?'),
      isInline: words[0] === 'inline',
    },
  ];
}
