/** The label of every object that Berth makes on a cluster. */
export const MANAGED_BY = {
  label: 'app.kubernetes.io/managed-by',
  value: 'berth',
};
