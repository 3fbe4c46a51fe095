import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { useText } from '../../../kit';

/** Who did something: a person with the way to their page, or the portal itself. */
export function Person({ actor }: { actor: string }) {
  const t = useText();
  return actor.startsWith('system:') ? (
    <span title={actor}>{t('request.system')}</span>
  ) : (
    <EntityRefLink
      entityRef={actor}
      defaultKind="user"
      hideIcon
      disableTooltip
    />
  );
}
