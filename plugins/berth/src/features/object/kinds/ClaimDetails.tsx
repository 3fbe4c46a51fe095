import { Facts, Section, ToneLabel, useText } from '../../../kit';
import { known, Lines, ObjectLink } from '../parts';
import { textAt, textsAt } from '../reading';
import { DetailsProps } from './types';

/** Shows the size of a volume claim, its volume, and the pods that use it. */
export function ClaimDetails({ address, view, related }: DetailsProps) {
  const t = useText();
  const { object } = view;
  const { cluster } = address;
  const phase = textAt(object, 'status.phase');
  const storageClass = textAt(object, 'spec.storageClassName');
  const volume = textAt(object, 'spec.volumeName');
  const pods = related?.filter(
    ({ relation, plural }) => relation === 'usedBy' && plural === 'pods',
  );
  const tones: Record<string, 'success' | 'danger'> = {
    Bound: 'success',
    Lost: 'danger',
  };
  return (
    <Section title={t('object.claim.title')}>
      <Facts
        items={known([
          {
            label: t('object.claim.phase'),
            value: phase && (
              <ToneLabel tone={tones[phase] ?? 'pending'} text={phase} />
            ),
          },
          {
            label: t('object.claim.requested'),
            value: textAt(object, 'spec.resources.requests.storage'),
          },
          {
            label: t('object.claim.capacity'),
            value: textAt(object, 'status.capacity.storage'),
          },
          {
            label: t('object.claim.class'),
            value: storageClass && (
              <ObjectLink
                address={{
                  cluster,
                  group: 'storage.k8s.io',
                  plural: 'storageclasses',
                  name: storageClass,
                }}
              />
            ),
          },
          {
            label: t('object.claim.volume'),
            value: volume && (
              <ObjectLink
                address={{
                  cluster,
                  group: 'core',
                  plural: 'persistentvolumes',
                  name: volume,
                }}
              />
            ),
          },
          {
            label: t('object.claim.modes'),
            value: textsAt(object, 'spec.accessModes').join(', '),
          },
          {
            label: t('object.claim.pods'),
            value:
              pods &&
              (pods.length > 0 ? (
                <Lines
                  items={pods.map(pod => (
                    <ObjectLink key={pod.name} address={{ cluster, ...pod }} />
                  ))}
                />
              ) : (
                t('object.claim.noPods')
              )),
          },
        ])}
      />
    </Section>
  );
}
