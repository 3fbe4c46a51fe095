export const formTexts = {
  addCluster: {
    title: 'Add cluster',
    description:
      'Say where the cluster’s API server is. Unless you choose a service account, nothing is stored that could be used to enter it.',
    submit: 'Add cluster',
    failed: 'The cluster was not added',
    where: {
      title: 'Where is it?',
      summary: 'Paste a kubeconfig, or type what it says.',
    },
    trustSummary:
      'With the commands and files for your distribution, exact for this cluster.',
    manifestSummary: 'The few rights that the portal needs, and nothing else.',
    checkSummary:
      'The portal looks at everything that matters and says what to fix. You can leave at any step and come back to the cluster’s Onboarding tab.',
    forbiddenNext:
      'Ask one of them to register the cluster; you need its API server’s URL and CA.',
  },
  form: {
    kubeconfig: 'Paste a kubeconfig',
    kubeconfigHint:
      'Fills server and CA below. It is read here in your browser; its credentials are not kept.',
    kubeconfigContext: 'Context',
    kubeconfigContextUnusable: 'cannot be used: {{problem}}',
    kubeconfigTaken: 'Taken from the kubeconfig: {{cluster}}',
    kubeconfigTakenWhat:
      'Name, API server and CA certificate, as filled in below.',
    kubeconfigTakenWithoutName:
      'API server and CA certificate, as filled in below. The name stays as you typed it.',
    kubeconfigNotTaken: 'Not taken, and thrown away in your browser:',
    kubeconfigMoreDocuments:
      'The text has several YAML documents. Like kubectl, Berth reads only the first one.',
    kubeconfigNothingElse:
      'There was nothing else in it that matters to Berth.',
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
        'tls-server-name: the certificate must hold the host of the API server’s URL',
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
        'There is no cluster in it. Paste the output of: kubectl config view --raw --flatten',
      noServer: 'Its cluster has no server. Fill in the fields below by hand.',
      caFile:
        'Its CA is in another file. Paste the output of: kubectl config view --raw --flatten',
      noCa: 'It holds no CA. Fill in the fields below by hand.',
    },
    name: 'Name',
    nameRule:
      'Lowercase letters and digits. Also the name of the kubectl context. It cannot be changed later.',
    cleanedName: 'It will be called {{name}}.',
    title: 'Title',
    titleHint: 'For people, such as “Production, Frankfurt”.',
    apiServer: 'API server',
    apiServerHint: 'As both the portal and your people’s computers reach it.',
    ca: 'CA certificate',
    caHint:
      'PEM of the CA that signed the API server’s certificate; “certificate-authority-data” of a kubeconfig works too.',
    caFile: 'Choose a file',
    certificate: {
      ownIssuer: 'issued by itself',
      issuer: 'issued by {{issuer}}',
      until: 'valid until {{day}}',
      expired:
        'It expired on {{day}}: the API server’s certificate will not be trusted. Take the current CA.',
      notYet: 'It is valid only from {{day}} on.',
      soon: 'It expires on {{day}}. Plan to put in the next CA beside it.',
      noAuthority:
        'This is not a CA, but most likely the server’s own certificate. It works only until that one is renewed.',
    },
    advanced: 'Advanced',
    advancedHint: 'How the portal connects, and name prefixes',
    connection: 'How the portal gets in',
    connectionHint:
      'People always get in by 10-minute tokens of their own; this is about the portal itself.',
    connectionChoice: {
      oidc: 'By its own OIDC tokens; no credential is stored (recommended)',
      serviceAccount:
        'As a service account, for clusters that cannot trust an issuer',
    },
    credential: 'Token of the service account',
    credentialHint:
      'Exchanged at once for a short-lived one, which is stored encrypted and renewed by itself. It is never shown again.',
    credentialStored:
      'One is stored, encrypted. Fill this in only to replace it.',
    workload: 'Workload defaults',
    workloadHint:
      'Berth enforces the namespace prefix. It checks, keeps and shows the other settings, and applies none of them to the cluster.',
    namespacePrefix: 'Namespace prefix',
    namespacePrefixHint:
      'Names of new namespaces must begin with it, such as “team-”. Home namespaces keep the names of their groups.',
    defaultStorageClass: 'Default storage class',
    defaultStorageClassHint: 'For volumes without a storage class.',
    ingressClass: 'Ingress class',
    ingressAnnotations: 'Ingress annotations',
    pairsHint: 'One key=value per line.',
    certificateChoice: {
      label: 'Certificate of ingresses',
      hint: 'Required when ingress is configured.',
      none: 'No ingress settings',
      default: 'The ingress controller has one for all its hosts',
      secret: 'A Secret in the ingress’s namespace',
    },
    tlsSecret: 'TLS secret',
    tlsSecretHint: 'Its name.',
    nodeSelector: 'Node selector',
    nodeSelectorHint:
      'On which nodes work runs unless it says otherwise. One key=value per line.',
    tolerations: 'Tolerations',
    tolerationsHint: 'A YAML list, as it stands in a pod’s spec.',
    describe: 'Labels and links',
    describeHint: 'How people find it, and where to look further',
    labels: 'Labels',
    labelsHint: 'One key=value per line.',
    links: 'Links',
    linksHint: 'One per line: a title, then an https:// address.',
    usernamePrefix: 'User name prefix',
    usernamePrefixHint:
      'What --oidc-username-prefix says. Empty for most clusters.',
    groupsPrefix: 'Groups prefix',
    groupsPrefixHint:
      'What --oidc-groups-prefix says. Empty for most clusters.',
    error: {
      nameEmpty: 'Give at least one letter from a to z or digit.',
      nameTaken: 'There is a cluster of this name already. Choose another.',
      titleTooLong: 'At most 200 characters.',
      apiServerEmpty: 'Give the URL of the API server.',
      apiServerHttps: 'It must begin with https://',
      apiServerUserinfo: 'It must not hold a user name or password.',
      apiServerQuery: 'It must not have a query or fragment (? or #).',
      apiServerHost:
        'It must name a host and at most a port, such as https://10.0.0.1:6443',
      caEmpty: 'Give the CA certificate.',
      caPrivateKey:
        'This holds a private key. Take it out: only certificates belong here. It has not left your browser.',
      caNotPem:
        'This is neither PEM nor base64 of PEM. It must hold complete -----BEGIN CERTIFICATE----- blocks.',
      caTooLarge: 'At most 64 KiB.',
      credentialEmpty: 'Give the token of the service account.',
      namespacePrefix:
        'At most 31 lowercase letters, digits and hyphens, beginning with a letter or digit.',
      certificateNeeded:
        'Say which certificate serves: the controller’s own, or a Secret.',
      tlsSecretEmpty: 'Give the name of the Secret.',
      pairs: 'Each line must be key=value.',
      tolerations:
        'This is not a YAML list. Each item begins with “- ”, as in a pod’s spec.',
      links:
        'Each line must be a title and then an address, such as: Console https://console.example.com',
      prefixTooLong: 'At most 64 characters.',
      prefixCharacters: 'Only printable ASCII characters without spaces.',
      prefixSystem: 'It must not begin with system:, which is Kubernetes’ own.',
      prefixHyphen:
        'Leave it empty if nothing is put before names; “-” is only how the flag says so.',
    },
  },
} as const;
