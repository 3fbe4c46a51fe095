export const templatesTexts = {
  picker: {
    loading: 'Loading…',
    retry: 'Try again',
    cluster: 'Cluster',
    chooseCluster: 'Choose a cluster',
    noCluster:
      'No cluster is shared with any of your groups. Ask a platform admin to share a cluster with your team.',
    unknownCluster:
      'There is no cluster "{{value}}", or you have no access to it; choose another cluster',
    namespace: 'Namespace',
    chooseNamespace: 'Choose a namespace',
    noNamespace:
      'None of your groups holds a role in a namespace on this cluster. Request a namespace first.',
    namespaceNeedsCluster: 'Choose a cluster first.',
    group: 'Group',
    chooseGroup: 'Choose one of your groups',
    noGroup:
      'You are in no group of the catalog, so you cannot make a request. Ask the owner of your team’s group to add you.',
    unknownGroup: 'You are not in the group "{{value}}"; choose one of yours',
    sizeClass: 'Size',
    chooseSizeClass: 'Choose a size',
    noSizeClass:
      'There are no sizes to choose from: berth.sizeClasses is empty. Ask a platform admin to add sizes.',
    chartVersion: 'Version of the chart',
    chooseChartVersion: 'Choose a version',
    noChartVersion:
      'The portal knows no versions of the chart {{chart}}. Ask a platform admin to look at the chart repositories.',
    appVersion: 'app version {{version}}',
    unknownSizeClass: 'There is no size "{{value}}"; choose another size',
  },
} as const;
