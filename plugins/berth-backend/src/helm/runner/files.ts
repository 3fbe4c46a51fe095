/** The names of the files in the folder of a run. helm starts in that folder. */
export const CHART_FILE = 'chart.tgz';
export const KUBECONFIG_FILE = 'kubeconfig';
