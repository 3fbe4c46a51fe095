import { Text } from '@backstage/ui';
import { AccessRequest } from '@berth/plugin-berth-common';
import { Person, RefLink, askGroup } from '../parts';
import { useText } from '../../../kit';

/** The requester and the request, in a sentence. */
export function AskSentence({ request }: { request: AccessRequest }) {
  const { ask, requester, state } = request;
  const t = useText();
  const group = askGroup(ask);
  const words = {
    who: <Person actor={requester} />,
    namespace: <b>{ask.namespace}</b>,
    cluster: <b>{ask.cluster}</b>,
    group: group ? <RefLink entityRef={group} /> : '',
  };
  const isAsking = state === 'Draft' || state === 'Submitted';
  const sentence = isAsking ? 'sentence' : 'sentencePast';
  return (
    <Text as="p" variant="body-large">
      {ask.kind === 'grant'
        ? t(`ask.${sentence}.grant`, {
            ...words,
            role: <b>{t(`role.${ask.role}`)}</b>,
          })
        : t(`ask.${sentence}.${ask.kind}`, words)}
    </Text>
  );
}
