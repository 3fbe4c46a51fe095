import { ClusterField } from '../form';
import { ConflictAlert, Translate, useText } from '../../../kit';
import { OthersChange } from './mergeSettings';

const LONG = 80;

/** Lists the changes that another person saved while the settings were edited here. */
export function SettingsConflictAlert({
  changes,
}: {
  changes: OthersChange[];
}) {
  const t = useText();
  return (
    <ConflictAlert
      title={t('settings.conflict.title')}
      description={t('settings.conflict.description')}
      changes={changes.map(({ field, before, theirs, mine }) => {
        const change = t('settings.conflict.change', {
          field: labelOf(t, field),
          before: shown(t, before),
          theirs: shown(t, theirs),
        });
        return mine === undefined
          ? change
          : `${change} ${t('settings.conflict.mine', {
              mine: shown(t, mine),
            })}`;
      })}
    />
  );
}

function shown(t: Translate, value: string): string {
  const line = value.trim().replace(/\s+/g, ' ');
  if (!line) {
    return t('settings.conflict.nothing');
  }
  return `“${line.length > LONG ? `${line.slice(0, LONG)}…` : line}”`;
}

/** Returns the label of a field in the form. */
export function labelOf(t: Translate, field: ClusterField): string {
  const labels: Record<ClusterField, string> = {
    name: t('form.name'),
    title: t('form.title'),
    apiServer: t('form.apiServer'),
    caData: t('form.ca'),
    connection: t('form.connection'),
    credential: t('form.credential'),
    kubectlVia: t('form.kubectlVia'),
    usernamePrefix: t('form.usernamePrefix'),
    groupsPrefix: t('form.groupsPrefix'),
    namespacePrefix: t('form.namespacePrefix'),
    defaultStorageClass: t('form.defaultStorageClass'),
    'ingress.className': t('form.ingressClass'),
    'ingress.annotations': t('form.ingressAnnotations'),
    'ingress.certificate': t('form.certificateChoice.label'),
    'ingress.tlsSecret': t('form.tlsSecret'),
    'nodePlacement.nodeSelector': t('form.nodeSelector'),
    'nodePlacement.tolerations': t('form.tolerations'),
    labels: t('form.labels'),
    links: t('form.links'),
  };
  return labels[field];
}
