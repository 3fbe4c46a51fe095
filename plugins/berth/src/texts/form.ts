export const formTexts = {
  addCluster: {
    title: 'Add cluster',
    description:
      'Enter the address of the cluster’s API server. Unless you choose a service account, Berth stores no credential of the cluster.',
    submit: 'Add cluster',
    failed: 'The cluster was not added',
    where: {
      title: 'Address of the cluster',
      summary: 'Paste a kubeconfig, or fill in the fields.',
    },
    trustSummary:
      'Commands and files for your distribution, made for this cluster.',
    manifestSummary:
      'Grants the few rights that the portal needs, and nothing else.',
    checkSummary:
      'The portal checks everything that it needs and says how to fix what fails. You can leave at any step and continue on the cluster’s Onboarding tab.',
    forbiddenNext:
      'Ask a platform admin to register the cluster, and send the URL and CA of its API server.',
  },
  form: {
    kubeconfig: 'Paste a kubeconfig',
    kubeconfigHint:
      'Fills in the API server and CA below. Your browser reads the file; Berth does not keep its credentials.',
    kubeconfigContext: 'Context',
    kubeconfigContextUnusable: 'cannot be used: {{problem}}',
    kubeconfigTaken: 'Taken from the kubeconfig: {{cluster}}',
    kubeconfigTakenWhat:
      'Name, API server and CA certificate, as filled in below.',
    kubeconfigTakenWithoutName:
      'API server and CA certificate, as filled in below. The name stays as you typed it.',
    kubeconfigNotTaken: 'Not taken; your browser discards it:',
    kubeconfigMoreDocuments:
      'The text has several YAML documents. Like kubectl, Berth reads only the first one.',
    kubeconfigNothingElse:
      'The kubeconfig holds nothing else that Berth needs.',
    kubeconfigCredential: {
      clientCertificate: 'the client certificate and key of {{user}}',
      token: 'the token of {{user}}',
      password: 'the password of {{user}}',
      exec: 'the command that gets credentials for {{user}}; it was not run',
      authProvider: 'the auth provider of {{user}}',
    },
    kubeconfigSetting: {
      'insecure-skip-tls-verify':
        'insecure-skip-tls-verify: Berth always checks the API server’s certificate',
      'tls-server-name':
        'tls-server-name: the certificate must name the host of the API server’s URL',
      'proxy-url': 'proxy-url: the portal connects without a proxy',
    },
    kubeconfigProblem: {
      tooLarge:
        'This is larger than 64 KiB. Paste the output of: kubectl config view --raw --flatten --minify',
      tooComplex:
        'This has too many values or YAML aliases. Paste the output of: kubectl config view --raw --flatten --minify',
      sameName:
        'Two clusters, users or contexts in it have the same name. kubectl does not read such a file either. Rename one of them.',
      notYaml:
        'This is not YAML, or the same key is in it twice. Paste the whole file, as it is.',
      noCluster:
        'The kubeconfig has no cluster. Paste the output of: kubectl config view --raw --flatten',
      noServer: 'The cluster has no server. Fill in the fields below.',
      caFile:
        'The CA is in another file. Paste the output of: kubectl config view --raw --flatten',
      noCa: 'The kubeconfig has no CA. Fill in the fields below.',
    },
    name: 'Name',
    nameRule:
      'Lowercase letters and digits. Also the name of the kubectl context. It cannot be changed later.',
    cleanedName: 'The name will be {{name}}.',
    title: 'Title',
    titleHint: 'A name for people, such as “Production, Frankfurt”.',
    apiServer: 'API server',
    apiServerHint: 'The URL at which the portal and your users reach it.',
    ca: 'CA certificate',
    caHint:
      'PEM of the CA that signed the API server’s certificate; “certificate-authority-data” of a kubeconfig works too.',
    caFile: 'Choose a file',
    certificate: {
      ownIssuer: 'self-signed',
      issuer: 'issued by {{issuer}}',
      until: 'valid until {{day}}',
      expired:
        'It expired on {{day}}: the portal will not trust the API server’s certificate. Use the current CA.',
      notYet: 'It is valid only from {{day}} on.',
      soon: 'It expires on {{day}}. Plan to add the next CA.',
      noAuthority:
        'This is not a CA but probably the server’s own certificate. It works only until the server gets a new one.',
    },
    advanced: 'Advanced',
    advancedHint: 'How the portal and kubectl connect, and name prefixes',
    connection: 'How the portal connects',
    connectionHint:
      'This is for the portal only. People use their own 10-minute tokens.',
    connectionChoice: {
      oidc: 'With its own OIDC tokens; no stored credential (recommended)',
      serviceAccount:
        'With a service account, for clusters that accept no other issuer',
    },
    credential: 'Token of the service account',
    credentialHint:
      'Berth exchanges it at once for a short-lived token, stores that one encrypted and renews it automatically. It is never shown again.',
    credentialStored:
      'A token is stored, encrypted. Fill this in only to replace it.',
    kubectlVia: 'How kubectl connects',
    kubectlViaHint:
      'The address in the kubeconfigs of this cluster. Kubeconfigs that people have already keep their address.',
    kubectlViaChoice: {
      direct: 'Directly to the API server (recommended)',
      portal:
        'Through the portal, for clusters that computers of people cannot reach; without exec and port-forward',
    },
    workload: 'Workload defaults',
    workloadHint:
      'Berth enforces the namespace prefix. It checks, keeps and shows the other settings, and applies none of them to the cluster.',
    namespacePrefix: 'Namespace prefix',
    namespacePrefixHint:
      'Berth puts it before the names of new namespaces, such as “team-”. Existing namespaces keep their names.',
    defaultStorageClass: 'Default storage class',
    defaultStorageClassHint: 'For volumes without a storage class.',
    ingressClass: 'Ingress class',
    ingressAnnotations: 'Ingress annotations',
    pairsHint: 'One key=value per line.',
    certificateChoice: {
      label: 'Certificate of ingresses',
      hint: 'Required when ingress is configured.',
      none: 'No ingress settings',
      default: 'The ingress controller has a certificate for all hosts',
      secret: 'A Secret in the ingress’s namespace',
    },
    tlsSecret: 'TLS secret',
    tlsSecretHint: 'Name of the Secret.',
    nodeSelector: 'Node selector',
    nodeSelectorHint:
      'Nodes for workloads without a node selector of their own. One key=value per line.',
    tolerations: 'Tolerations',
    tolerationsHint: 'A YAML list, as in a pod’s spec.',
    describe: 'Labels and links',
    describeHint: 'Help people find the cluster and its consoles',
    labels: 'Labels',
    labelsHint: 'One key=value per line.',
    links: 'Links',
    linksHint: 'One per line: a title, then an https:// address.',
    usernamePrefix: 'User name prefix',
    usernamePrefixHint:
      'The value of --oidc-username-prefix. Empty for most clusters.',
    groupsPrefix: 'Groups prefix',
    groupsPrefixHint:
      'The value of --oidc-groups-prefix. Empty for most clusters.',
    error: {
      nameEmpty: 'Enter at least one letter from a to z or a digit.',
      nameTaken: 'A cluster with this name exists. Choose another name.',
      titleTooLong: 'At most 200 characters.',
      apiServerEmpty: 'Enter the URL of the API server.',
      apiServerHttps: 'It must begin with https://',
      apiServerUserinfo: 'It must not hold a user name or password.',
      apiServerQuery: 'It must not have a query or fragment (? or #).',
      apiServerHost:
        'It must name a host and at most a port, such as https://10.0.0.1:6443',
      caEmpty: 'Enter the CA certificate.',
      caPrivateKey:
        'This holds a private key. Remove it: only certificates belong here. It has not left your browser.',
      caNotPem:
        'This is neither PEM nor base64 of PEM. It must hold complete -----BEGIN CERTIFICATE----- blocks.',
      caTooLarge: 'At most 64 KiB.',
      credentialEmpty: 'Enter the token of the service account.',
      namespacePrefix:
        'At most 31 lowercase letters, digits and hyphens, beginning with a letter or digit.',
      certificateNeeded:
        'Choose a certificate: the controller’s own, or a Secret.',
      tlsSecretEmpty: 'Enter the name of the Secret.',
      pairs: 'Each line must be key=value.',
      tolerations:
        'This is not a YAML list. Start each item with “- ”, as in a pod’s spec.',
      links:
        'Each line must be a title and then an address, such as: Console https://console.example.com',
      prefixTooLong: 'At most 64 characters.',
      prefixCharacters: 'Only printable ASCII characters without spaces.',
      prefixSystem:
        'It must not begin with system:, which Kubernetes reserves.',
      prefixHyphen:
        'Leave it empty for no prefix. Only the flag itself uses “-”.',
    },
  },
} as const;
