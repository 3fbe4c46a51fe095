import { Alert, Flex, Text } from '@backstage/ui';
import { ProfilePreview } from '@berth/plugin-berth-common';
import { useText } from '../../../kit';
import { ProfileItems } from '../../../kit/profile';
import { PlannedChanges } from '../plan/PlannedChanges';
import { RefusedPodsAlert } from './RefusedPodsAlert';

/** Shows what profiles would change, with the pods that would fail. */
export function PreviewResult(props: {
  preview: ProfilePreview;
  /** Whether the text has changed since. */
  outdated: boolean;
}) {
  const { preview, outdated } = props;
  const { cluster, failure, items, problems, podSecurity, untried } = preview;
  const t = useText();
  if (failure) {
    return (
      <Alert
        role="alert"
        status="danger"
        icon
        title={t('profile.capabilities.unread', {
          cluster,
          cause: failure.cause,
        })}
        description={failure.message}
      />
    );
  }
  return (
    <Flex direction="column" gap="3">
      {outdated && (
        <Alert status="info" icon title={t('profile.preview.changed')} />
      )}
      {podSecurity.length > 0 && (
        <Alert
          role="status"
          status="warning"
          icon
          title={t('profile.preview.pods.title', {
            count: podSecurity.length,
          })}
          description={
            <>
              <div>{t('profile.preview.pods.hint')}</div>
              <ul>
                {podSecurity.map(({ namespace, level, warnings }) => (
                  <li key={namespace}>
                    {`${namespace} (${level}): ${warnings.join('; ')}`}
                  </li>
                ))}
              </ul>
            </>
          }
        />
      )}
      <RefusedPodsAlert preview={preview} />
      {untried > 0 && (
        <Alert
          status="info"
          icon
          title={t('profile.preview.untried', { count: untried })}
        />
      )}
      {problems.map(({ namespace, cause, message }) => (
        <Alert
          key={`${namespace} ${cause} ${message}`}
          status="danger"
          icon
          title={t('plan.problem', { namespace, cause })}
          description={message}
        />
      ))}
      {preview.totalProblems > problems.length && (
        <Text color="secondary">
          {t('profile.preview.problems', {
            count: preview.totalProblems - problems.length,
          })}
        </Text>
      )}
      {items.length === 0 ? (
        <Alert
          role="status"
          status="success"
          icon
          title={t('profile.preview.nothing')}
          description={
            isFreeOfFailures(preview)
              ? t('profile.preview.pods.none')
              : undefined
          }
        />
      ) : (
        <>
          <Text as="h4" weight="bold">
            {t('profile.preview.changes')}
          </Text>
          <PlannedChanges changes={items} />
          {preview.totalItems > items.length && (
            <Text color="secondary">
              {t('plan.more', { count: preview.totalItems - items.length })}
            </Text>
          )}
        </>
      )}
      <Text as="h4" weight="bold">
        {t('profile.preview.items')}
      </Text>
      {preview.kinds.map(({ kind, profile, items: fields }) => (
        <div key={kind}>
          <Text as="p" color="secondary">
            {`${t(`profile.kind.${kind}`)}: ${profile ?? '—'}`}
          </Text>
          <ProfileItems items={fields} />
        </div>
      ))}
    </Flex>
  );
}

function isFreeOfFailures(preview: ProfilePreview): boolean {
  const { podSecurity, refusedPods, unreadPods } = preview;
  return podSecurity.length + refusedPods.length === 0 && !unreadPods;
}
