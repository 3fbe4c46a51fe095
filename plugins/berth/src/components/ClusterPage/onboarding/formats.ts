/** The ways to set up a cluster, by what runs it; `manifest` comes with each of them. */
export const FILE_FORMATS = [
  'authentication-config',
  'apiserver-flags',
  'kubeadm',
  'kind',
  'k3s',
  'rke2',
  'eks',
  'aks',
  'gke',
  'openshift',
] as const;

export type FileFormat = (typeof FILE_FORMATS)[number];

/** Whether an address names one of the formats. */
export function isFileFormat(text: string | null): text is FileFormat {
  return FILE_FORMATS.some(format => format === text);
}
