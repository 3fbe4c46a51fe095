import { EntityRefLink } from '@backstage/plugin-catalog-react';

/** A person or group within a sentence, with the way to its page. */
export function RefLink({ entityRef }: { entityRef: string }) {
  return (
    <EntityRefLink
      entityRef={entityRef}
      defaultKind="group"
      hideIcon
      disableTooltip
    />
  );
}
