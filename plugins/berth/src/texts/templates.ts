export const templatesTexts = {
  picker: {
    loading: 'Loading …',
    retry: 'Try again',
    cluster: 'Cluster',
    chooseCluster: 'Choose a cluster',
    noCluster:
      'No cluster is shared with any of your groups. Ask a platform admin to share one with your team.',
    unknownCluster:
      'There is no cluster "{{value}}" that you may see; choose another',
    group: 'Group',
    chooseGroup: 'Choose one of your groups',
    noGroup:
      'You are in no group of the catalog, so nothing can be asked for. Whoever keeps the catalog can add you to your team.',
    unknownGroup: 'You are not in the group "{{value}}"; choose one of yours',
    sizeClass: 'Size',
    chooseSizeClass: 'Choose a size',
    noSizeClass:
      'There are no sizes to choose from: berth.sizeClasses is empty. A platform admin can add some.',
    unknownSizeClass: 'There is no size "{{value}}"; choose another',
  },
} as const;
