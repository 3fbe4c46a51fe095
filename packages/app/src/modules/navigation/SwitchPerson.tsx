import { SidebarItem } from '@backstage/core-components';
import {
  errorApiRef,
  identityApiRef,
  useApi,
} from '@backstage/frontend-plugin-api';
import ExitToAppIcon from '@material-ui/icons/ExitToApp';
import { useEffect, useState } from 'react';

/** Signs out and returns to the choice of people. */
export const SwitchPerson = () => {
  const identityApi = useApi(identityApiRef);
  const errorApi = useApi(errorApiRef);
  const [firstName, setFirstName] = useState<string>();

  useEffect(() => {
    identityApi
      .getProfileInfo()
      .then(profile => setFirstName(profile.displayName?.split(' ')[0]))
      .catch(error => errorApi.post(error));
  }, [identityApi, errorApi]);

  return (
    <SidebarItem
      icon={ExitToAppIcon}
      text={firstName ? `Sign out ${firstName}` : 'Sign out'}
      onClick={() => identityApi.signOut()}
    />
  );
};
