import { Alert } from '@backstage/ui';
import { ProfilePreview, RefusedPods } from '@berth/plugin-berth-common';
import { useText } from '../../../kit';

/** Shows the running pods that the policy pack would refuse, and of how many namespaces the pods are not known. */
export function RefusedPodsAlert(props: {
  preview: Pick<ProfilePreview, 'refusedPods' | 'unreadPods'>;
}) {
  const { refusedPods, unreadPods } = props.preview;
  const t = useText();
  const namespaces = new Set(refusedPods.map(({ namespace }) => namespace));
  return (
    <>
      {refusedPods.length > 0 && (
        <Alert
          role="status"
          status="warning"
          icon
          title={t('profile.preview.refused.title', { count: namespaces.size })}
          description={
            <>
              <div>{t('profile.preview.refused.hint')}</div>
              {refusedPods.map(one => (
                <PodsOfNamespace
                  key={`${one.namespace} ${one.item}`}
                  refused={one}
                />
              ))}
            </>
          }
        />
      )}
      {unreadPods && (
        <Alert
          status="info"
          icon
          title={t('profile.preview.unread.title', {
            count: unreadPods.namespaces,
          })}
          description={t('profile.preview.unread.hint', {
            reason: unreadPods.reason,
          })}
        />
      )}
    </>
  );
}

function PodsOfNamespace({ refused }: { refused: RefusedPods }) {
  const { namespace, item, pods, totalPods } = refused;
  const t = useText();
  return (
    <>
      <div>
        {t('profile.preview.refused.namespace', {
          namespace,
          item: t(`profile.item.${item}`),
        })}
      </div>
      <ul>
        {pods.map(({ name, why }) => (
          <li key={name}>{`${name}: ${why}`}</li>
        ))}
        {totalPods > pods.length && (
          <li>
            {t('profile.preview.refused.more', {
              count: totalPods - pods.length,
            })}
          </li>
        )}
      </ul>
    </>
  );
}
