import { ButtonLink, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { RiInboxLine, RiLockLine, RiShipLine } from '@remixicon/react';
import { Notice, useText } from '../../../kit';
import { isUnknownKind } from '../../../kit/listing';
import { mineRouteRef } from '../../../routes';
import { Listing } from '../rows/collect';

/** Explains why a list without filters has no rows. */
export function KindEmpty(props: { listing: Listing; label: string }) {
  const { listing, label } = props;
  const t = useText();
  const mine = useRouteRef(mineRouteRef);
  const clusters = Object.values(listing.clusters);
  if (clusters.length === 0) {
    return (
      <Notice
        role="status"
        icon={RiShipLine}
        title={t('resources.empty.noPlace')}
        actions={
          <ButtonLink variant="secondary" href={mine()}>
            {t('namespaces.toMine')}
          </ButtonLink>
        }
      >
        <Text color="secondary">{t('resources.empty.noPlaceNext')}</Text>
      </Notice>
    );
  }
  if (isUnknownKind(listing.failures)) {
    return (
      <Notice
        role="status"
        icon={RiInboxLine}
        title={t('resources.empty.unknownKind', { label })}
      >
        <Text color="secondary">{t('resources.empty.unknownKindNext')}</Text>
      </Notice>
    );
  }
  const failed = listing.failures.filter(({ cause }) => cause !== 'NotFound');
  if (failed.length > 0 && failed.every(({ cause }) => cause === 'Forbidden')) {
    return (
      <Notice
        role="status"
        icon={RiLockLine}
        title={t('resources.empty.forbidden', { label })}
      >
        <Text color="secondary">{t('resources.empty.forbiddenNext')}</Text>
      </Notice>
    );
  }
  return (
    <Notice
      role="status"
      icon={RiInboxLine}
      title={t(
        failed.length > 0
          ? 'resources.empty.nothingElse'
          : 'resources.empty.nothing',
        { label },
      )}
    >
      <Text color="secondary">{t('resources.empty.nothingNext')}</Text>
    </Notice>
  );
}
