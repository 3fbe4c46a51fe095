export const formTexts = {
  addCluster: {
    title: 'Add cluster',
    description:
      'Say where the cluster’s API server is. Nothing is stored that could be used to enter it.',
    submit: 'Add cluster',
    forbiddenNext:
      'Ask one of them to register the cluster; you need its API server’s URL and CA.',
  },
  form: {
    kubeconfig: 'Paste a kubeconfig',
    kubeconfigHint:
      'Fills server and CA below. The credentials in it are thrown away here in your browser.',
    kubeconfigTaken: 'Server and CA of “{{cluster}}” taken over',
    kubeconfigDropped:
      'Everything else in the kubeconfig was thrown away and has not left your browser.',
    kubeconfigProblem: {
      notYaml: 'This is not YAML. Paste the whole file, as it is.',
      noCluster:
        'There is no cluster in it. Paste the output of: kubectl config view --raw --flatten',
      noServer: 'Its cluster has no server. Fill in the fields below by hand.',
      caFile:
        'Its CA is in another file. Paste the output of: kubectl config view --raw --flatten',
      noCa: 'It holds no CA. Fill in the fields below by hand.',
    },
    name: 'Name',
    nameRule:
      'Lowercase letters and digits; kubectl’s context is called so. It cannot be changed later.',
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
    advancedHint: 'Prefixes that the API server puts before names',
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
      prefixTooLong: 'At most 64 characters.',
      prefixCharacters: 'Only printable ASCII characters without spaces.',
      prefixSystem: 'It must not begin with system:, which is Kubernetes’ own.',
      prefixHyphen:
        'Leave it empty if nothing is put before names; “-” is only how the flag says so.',
    },
  },
} as const;
