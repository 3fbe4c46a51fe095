import { Text } from '@backstage/ui';
import { AccessRequest } from '@berth/plugin-berth-common';
import { Person, RefLink, groupOfSpec } from '../parts';
import { useText } from '../../../kit';

/** The requester and the request, in a sentence. */
export function RequestSentence({ request }: { request: AccessRequest }) {
  const { spec, requester, state } = request;
  const t = useText();
  const group = groupOfSpec(spec);
  const words = {
    who: <Person actor={requester} />,
    namespace: <b>{spec.namespace}</b>,
    cluster: <b>{spec.cluster}</b>,
    group: group ? <RefLink entityRef={group} /> : '',
  };
  const isOpen = state === 'Draft' || state === 'Submitted';
  const sentence = isOpen ? 'sentence' : 'sentencePast';
  return (
    <Text as="p" variant="body-large">
      {spec.kind === 'grant'
        ? t(`spec.${sentence}.grant`, {
            ...words,
            role: <b>{t(`role.${spec.role}`)}</b>,
          })
        : t(`spec.${sentence}.${spec.kind}`, words)}
    </Text>
  );
}
