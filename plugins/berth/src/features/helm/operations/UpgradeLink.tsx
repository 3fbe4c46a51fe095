import { ReactNode } from 'react';
import { ButtonLink, ButtonProps } from '@backstage/ui';
import {
  HelmReleaseAddress,
  HelmReleaseView,
} from '@berth/plugin-berth-common';
import { ActionButton, useReleaseHref } from '../../../kit';
import { useReleaseActions } from './useReleaseActions';

/** Opens the page that upgrades a release. Disabled with the reason where an upgrade is not possible. */
export function UpgradeLink(
  props: Pick<ButtonProps, 'size' | 'variant'> & {
    address: HelmReleaseAddress;
    view: HelmReleaseView;
    /** What the page begins with, such as a version of the chart. */
    search?: URLSearchParams;
    children: ReactNode;
  },
) {
  const { address, view, search, children, ...look } = props;
  const base = useReleaseHref()(address);
  const { reasonOf } = useReleaseActions(address, view);
  const disabledReason = reasonOf('upgrade');
  return disabledReason === undefined ? (
    <ButtonLink
      {...look}
      href={[`${base}/upgrade`, search].filter(Boolean).join('?')}
    >
      {children}
    </ButtonLink>
  ) : (
    <ActionButton {...look} disabledReason={disabledReason}>
      {children}
    </ActionButton>
  );
}
