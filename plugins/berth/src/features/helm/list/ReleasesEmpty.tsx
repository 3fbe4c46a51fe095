import { ButtonLink, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { RiInboxLine, RiLockLine, RiShipLine } from '@remixicon/react';
import { Notice, useText } from '../../../kit';
import { isRefused } from '../../../kit/listing';
import { mineRouteRef } from '../../../routes';
import { ReleaseListing } from './ReleaseCollector';

/** Explains why a list without filters has no releases. */
export function ReleasesEmpty({ listing }: { listing: ReleaseListing }) {
  const t = useText();
  const mine = useRouteRef(mineRouteRef);
  const isPlaceless = Object.keys(listing.clusters).length === 0;
  const reason = reasonOf();
  const icons = {
    noPlace: RiShipLine,
    forbidden: RiLockLine,
    nothingElse: RiInboxLine,
    nothing: RiInboxLine,
  };
  return (
    <Notice
      role="status"
      icon={icons[reason]}
      title={t(`helm.empty.${reason}.title`)}
      actions={
        isPlaceless && (
          <ButtonLink variant="secondary" href={mine()}>
            {t('namespaces.toMine')}
          </ButtonLink>
        )
      }
    >
      <Text color="secondary">{t(`helm.empty.${reason}.next`)}</Text>
    </Notice>
  );

  function reasonOf(): keyof typeof icons {
    if (isPlaceless) {
      return 'noPlace';
    }
    if (isRefused(listing)) {
      return 'forbidden';
    }
    return listing.failures.length > 0 ? 'nothingElse' : 'nothing';
  }
}
