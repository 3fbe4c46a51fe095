import { ReactNode } from 'react';
import { Text } from '@backstage/ui';
import { ObjectAddress } from '@berth/plugin-berth-common';
import { Facts, Section, Translate, useText } from '../../../kit';
import { ObjectLink } from '../parts';
import { Json, listAt, textAt } from '../reading';

/** The sources of volumes that are objects: the path of their name, and their kind. */
const OBJECTS = [
  ['persistentVolumeClaim.claimName', 'persistentvolumeclaims', 'claim'],
  ['configMap.name', 'configmaps', 'configMap'],
  ['secret.secretName', 'secrets', 'secret'],
] as const;

/** Shows the volumes of a pod, with links to the objects that they come from. */
export function VolumesSection(props: { address: ObjectAddress; pod: Json }) {
  const { address, pod } = props;
  const t = useText();
  const volumes = listAt(pod, 'spec.volumes');
  return (
    <Section title={t('object.volumes.title')}>
      {volumes.length === 0 ? (
        <Text color="secondary">{t('object.none')}</Text>
      ) : (
        <Facts
          items={volumes.map(volume => ({
            label: textAt(volume, 'name') ?? '',
            value: sourceOf(t, address, volume),
          }))}
        />
      )}
    </Section>
  );
}

function sourceOf(
  t: Translate,
  { cluster, namespace }: ObjectAddress,
  volume: Json,
): ReactNode {
  for (const [path, plural, source] of OBJECTS) {
    const name = textAt(volume, path);
    if (name !== undefined) {
      const address = { cluster, group: 'core', plural, namespace, name };
      return (
        <>
          {t(`object.volumes.${source}`)} <ObjectLink address={address} />
        </>
      );
    }
  }
  return Object.keys(volume).find(key => key !== 'name') ?? '';
}
