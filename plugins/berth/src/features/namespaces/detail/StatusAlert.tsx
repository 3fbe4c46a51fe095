import { Alert, Box, ButtonLink, Flex, Text } from '@backstage/ui';
import { ManagedNamespace } from '@berth/plugin-berth-common';
import { Moment, useCauseText, useText } from '../../../kit';

/** Shows the problem with a namespace, if any. */
export function StatusAlert({ namespace }: { namespace: ManagedNamespace }) {
  const t = useText();
  const causeText = useCauseText();
  const { phase, state, cause, message, nextTryAt } = namespace;
  if (phase === 'Terminating') {
    return <TerminatingAlert namespace={namespace} />;
  }
  if (state === 'Failed') {
    return (
      <Box mb="3">
        <Alert
          role="status"
          status="danger"
          icon
          title={t('namespace.status.failedTitle')}
          description={
            <>
              <div>
                {message === undefined ? cause : causeText(cause, message)}
              </div>
              {nextTryAt && (
                <div>
                  {t('namespace.status.nextTry', {
                    when: <Moment at={nextTryAt} />,
                  })}
                </div>
              )}
            </>
          }
        />
      </Box>
    );
  }
  return phase === 'Pending' ? (
    <Box mb="3">
      <Alert
        role="status"
        status="info"
        isPending
        title={t('namespace.status.Pending')}
        description={message}
      />
    </Box>
  ) : null;
}

function TerminatingAlert({ namespace }: { namespace: ManagedNamespace }) {
  const t = useText();
  const { since, finalizers, conditions } = namespace.terminating ?? {
    finalizers: [],
    conditions: [],
  };
  return (
    <Box mb="3">
      <Alert
        role="status"
        status="warning"
        icon
        title={t('namespace.status.terminatingTitle')}
        description={
          <>
            {since && (
              <div>
                {t('namespace.status.terminatingSince', {
                  when: <Moment at={since} />,
                })}
              </div>
            )}
            {finalizers.length > 0 && (
              <div>
                {t('namespace.status.finalizers', {
                  names: finalizers.join(', '),
                })}
              </div>
            )}
            {conditions.map(condition => (
              <div key={condition.type}>
                {t('state.cause', {
                  cause: condition.type,
                  message: condition.message,
                })}
              </div>
            ))}
          </>
        }
      />
    </Box>
  );
}

/** Replaces the page of a namespace that has just been deleted. */
export function GoneNamespace(props: {
  namespace: ManagedNamespace;
  /** The list in which the person finds the other namespaces. */
  list: { label: string; href: string };
}) {
  const { namespace, list } = props;
  const t = useText();
  const { name, cluster, phase } = namespace;
  return (
    <div role="status">
      <Flex direction="column" gap="3" align="start">
        <Text>
          {phase === 'Terminating'
            ? t('namespace.gone.deleted', { namespace: name, cluster })
            : t('namespace.gone.unknown', { namespace: name, cluster })}
        </Text>
        <ButtonLink variant="secondary" href={list.href}>
          {t('namespace.gone.back', { list: list.label })}
        </ButtonLink>
      </Flex>
    </div>
  );
}
