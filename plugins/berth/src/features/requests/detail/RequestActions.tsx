import { useState } from 'react';
import { ButtonLink, Flex, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { AccessRequest, BerthApi } from '@berth/plugin-berth-common';
import { RiEditLine } from '@remixicon/react';
import { requestRouteRef } from '../../../routes';
import { ActionButton, ConfirmDialog, useNotify, useText } from '../../../kit';
import { RequestFollowing } from './useRequest';

type Simple = 'submit' | 'withdraw' | 'retry';

/** Shows the caller's actions on a request, except the decision. */
export function RequestActions(props: {
  request: AccessRequest;
  following: RequestFollowing;
  onDone: () => void;
}) {
  const { request, following, onDone } = props;
  const { id, may, state } = request;
  const { pending, failure, act } = following;
  const t = useText();
  const notify = useNotify();
  const route = useRouteRef(requestRouteRef);
  const [withdrawing, setWithdrawing] = useState(false);
  const isDraft = state === 'Draft';

  const take = async (
    action: Simple,
    step: (api: BerthApi) => Promise<AccessRequest>,
  ) => {
    const outcome = await act(action, step);
    if (outcome === 'done') {
      notify({
        message: t(`request.done.${action}`),
      });
      onDone();
    }
    return outcome;
  };

  return (
    <Flex gap="2" style={{ flexWrap: 'wrap' }}>
      {may.withdraw && (
        <ActionButton
          variant="secondary"
          destructive
          onPress={() => setWithdrawing(true)}
        >
          {t(isDraft ? 'request.action.discard' : 'request.action.withdraw')}
        </ActionButton>
      )}
      {isDraft && may.submit && (
        <ButtonLink
          variant="secondary"
          iconStart={<RiEditLine />}
          href={`${route({ id })}/edit`}
        >
          {t('request.action.edit')}
        </ButtonLink>
      )}
      {may.submit && (
        <ActionButton
          variant="primary"
          onPress={() => take('submit', api => api.submitRequest(id))}
          isPending={pending === 'submit'}
        >
          {t('request.action.submit')}
        </ActionButton>
      )}
      {may.retry && (
        <ActionButton
          variant="primary"
          onPress={() => take('retry', api => api.retryRequest(id))}
          isPending={pending === 'retry'}
        >
          {t('request.action.retry')}
        </ActionButton>
      )}
      {withdrawing && (
        <ConfirmDialog
          title={t(
            isDraft ? 'request.withdraw.titleDraft' : 'request.withdraw.title',
          )}
          action={t(
            isDraft ? 'request.action.discard' : 'request.action.withdraw',
          )}
          error={failure?.action === 'withdraw' ? failure.error : undefined}
          failed={t('request.failed.withdraw')}
          onConfirm={async () => {
            const outcome = await take('withdraw', api =>
              api.withdrawRequest(id),
            );
            // The dialog shows a failure; the page shows that another person acted first.
            return outcome !== 'failed';
          }}
          onClose={() => setWithdrawing(false)}
        >
          <Text>
            {t(
              isDraft ? 'request.withdraw.whatDraft' : 'request.withdraw.what',
            )}
          </Text>
        </ConfirmDialog>
      )}
    </Flex>
  );
}
