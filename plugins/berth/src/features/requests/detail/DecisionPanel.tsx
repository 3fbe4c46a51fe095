import { ReactNode, useState } from 'react';
import { Alert, Flex, Text, TextAreaField } from '@backstage/ui';
import { useEntityPresentation } from '@backstage/plugin-catalog-react';
import { AccessRequest, RequestDecision } from '@berth/plugin-berth-common';
import { Section } from '../../../kit/Section';
import { Person, RefLink, groupOfSpec } from '../../../kit/request/parts';
import {
  ActionButton,
  ProblemAlert,
  useNotify,
  useText,
  useUnsavedChanges,
} from '../../../kit';
import { MAX_TEXT, oneLine } from '../form/oneLine';
import styles from './RequestPage.module.css';
import { RequestFollowing } from './useRequest';

/** Approves or denies a request, with the consequences of both. */
export function DecisionPanel(props: {
  request: AccessRequest;
  following: RequestFollowing;
  onDone: () => void;
}) {
  const { request, following, onDone } = props;
  const { id, spec, requester } = request;
  const { pending, failure, act } = following;
  const t = useText();
  const notify = useNotify();
  const [typed, setTyped] = useState('');
  const comment = oneLine(typed);
  useUnsavedChanges(comment !== '');
  const isTooLong = comment.length > MAX_TEXT;
  const tooLong = isTooLong
    ? t('request.decide.tooLong', { number: String(comment.length) })
    : undefined;
  const { namespaceExists, namespaceOwner } = request.observed ?? {};
  const obstacle = obstacleOf();
  const { primaryTitle } = useEntityPresentation(requester, {
    defaultKind: 'user',
  });

  const decide = async (decision: RequestDecision['decision']) => {
    const outcome = await act(decision, api =>
      api.decideRequest(id, { decision, ...(comment && { comment }) }),
    );
    if (outcome === 'done') {
      notify({
        message: t(
          decision === 'approve'
            ? 'request.decide.approved'
            : 'request.decide.denied',
        ),
      });
      onDone();
    }
  };

  return (
    <Section title={t('request.decide.title')}>
      <div className={styles.panel}>
        {obstacle ? (
          <Alert role="status" status="warning" icon title={obstacle} />
        ) : (
          <Text as="p">
            {consequence()}
            {namespaceOwner !== undefined && (
              <>
                {' '}
                {t('request.decide.owner', {
                  owner: <RefLink entityRef={namespaceOwner} />,
                })}
              </>
            )}
          </Text>
        )}
        <Text as="p" color="secondary">
          {t('request.decide.deny', { who: <Person actor={requester} /> })}
        </Text>
        <TextAreaField
          label={t('request.decide.comment')}
          description={t('request.decide.commentHint', { who: primaryTitle })}
          rows={2}
          value={typed}
          onChange={setTyped}
          validate={() => tooLong}
          validationBehavior="aria"
        />
        {(failure?.action === 'approve' || failure?.action === 'deny') && (
          <ProblemAlert
            error={failure.error}
            title={t('request.decide.failed')}
          />
        )}
        <Flex gap="2">
          <ActionButton
            variant="primary"
            onPress={() => decide('approve')}
            isPending={pending === 'approve'}
            disabledReason={
              obstacle ? t('request.decide.cannotApprove') : tooLong
            }
          >
            {t('request.decide.approve')}
          </ActionButton>
          <ActionButton
            variant="secondary"
            destructive
            onPress={() => decide('deny')}
            isPending={pending === 'deny'}
            disabledReason={
              comment ? tooLong : t('request.decide.commentNeeded')
            }
          >
            {t('request.decide.denyAction')}
          </ActionButton>
        </Flex>
      </div>
    </Section>
  );

  /** Returns why the request cannot be approved; undefined if it can, or if unknown. */
  function obstacleOf(): string | undefined {
    const isNew = spec.kind === 'namespace';
    if (namespaceExists === undefined || namespaceExists !== isNew) {
      return undefined;
    }
    const { cluster, namespace } = spec;
    return t(isNew ? 'request.decide.taken' : 'request.decide.missing', {
      cluster,
      namespace,
    });
  }

  function consequence(): ReactNode {
    const { cluster, namespace } = spec;
    const group = groupOfSpec(spec);
    const words = {
      cluster,
      namespace,
      group: group ? <RefLink entityRef={group} /> : '',
    };
    return spec.kind === 'grant'
      ? t('request.decide.consequence.grant', {
          ...words,
          role: t(`role.${spec.role}`),
        })
      : t(`request.decide.consequence.${spec.kind}`, words);
  }
}
