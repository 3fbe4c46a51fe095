import { Facts, Moment, Section, useText } from '../../../kit';
import pageStyles from '../../../kit/page.module.css';
import { Code, known, ObjectLink } from '../parts';
import { textAt, timeAt } from '../reading';
import { containersOf } from './containers';
import { ContainersSection } from './ContainersSection';
import { DetailsProps } from './types';
import { VolumesSection } from './VolumesSection';

/** Shows where a pod runs, its containers and its volumes. */
export function PodDetails({ address, view }: DetailsProps) {
  const t = useText();
  const pod = view.object;
  const { cluster, namespace } = address;
  const node = textAt(pod, 'spec.nodeName');
  const account = textAt(pod, 'spec.serviceAccountName');
  const startedAt = timeAt(pod, 'status.startTime');
  return (
    <>
      <ContainersSection containers={containersOf(pod)} />
      <div className={pageStyles.grid}>
        <Section title={t('object.pod.title')}>
          <Facts
            items={known([
              {
                label: t('object.pod.problem'),
                value: textAt(pod, 'status.message'),
              },
              {
                label: t('object.pod.node'),
                value: node ? (
                  <ObjectLink
                    address={{
                      cluster,
                      group: 'core',
                      plural: 'nodes',
                      name: node,
                    }}
                  />
                ) : (
                  t('object.pod.noNode')
                ),
              },
              {
                label: t('object.pod.ip'),
                value: textAt(pod, 'status.podIP') && (
                  <Code>{textAt(pod, 'status.podIP')}</Code>
                ),
              },
              {
                label: t('object.pod.started'),
                value: startedAt && <Moment at={startedAt} />,
              },
              {
                label: t('object.pod.restartPolicy'),
                value: textAt(pod, 'spec.restartPolicy'),
              },
              {
                label: t('object.pod.qos'),
                value: textAt(pod, 'status.qosClass'),
              },
              {
                label: t('object.pod.priority'),
                value: textAt(pod, 'spec.priorityClassName'),
              },
              {
                label: t('object.pod.account'),
                value: account && (
                  <ObjectLink
                    address={{
                      cluster,
                      group: 'core',
                      plural: 'serviceaccounts',
                      namespace,
                      name: account,
                    }}
                  />
                ),
              },
            ])}
          />
        </Section>
        <VolumesSection address={address} pod={pod} />
      </div>
    </>
  );
}
