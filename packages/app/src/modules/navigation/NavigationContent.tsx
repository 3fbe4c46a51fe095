import {
  Sidebar,
  SidebarDivider,
  SidebarGroup,
  SidebarItem,
  SidebarScrollWrapper,
  SidebarSpace,
} from '@backstage/core-components';
import { NotificationsSidebarItem } from '@backstage/plugin-notifications';
import { NavContentBlueprint } from '@backstage/plugin-app-react';
import { UserSettingsSignInAvatar } from '@backstage/plugin-user-settings';
import MenuIcon from '@material-ui/icons/Menu';
import { NavigationLogo } from './NavigationLogo';
import { SwitchPerson } from './SwitchPerson';

export const navigationContent = NavContentBlueprint.make({
  params: {
    component: ({ navItems }) => {
      const items = navItems.withComponent(item => (
        <SidebarItem icon={() => item.icon} to={item.href} text={item.title} />
      ));
      const settings = items.take('page:user-settings');
      const notifications = items.take('page:notifications');

      return (
        <Sidebar>
          <NavigationLogo />
          <SidebarDivider />
          <SidebarGroup label="Menu" icon={<MenuIcon />}>
            {items.take('page:berth')}
            {items.take('page:catalog')}
            {items.take('page:scaffolder')}
            <SidebarScrollWrapper>
              {items.rest({ sortBy: 'title' })}
            </SidebarScrollWrapper>
          </SidebarGroup>
          <SidebarSpace />
          <SidebarDivider />
          <SidebarGroup
            label="Settings"
            icon={<UserSettingsSignInAvatar />}
            to="/settings"
          >
            {/* Unlike the usual item, this one shows how many are unread. */}
            {notifications && (
              <NotificationsSidebarItem
                titleCounterEnabled={false}
                snackbarProps={{ enabled: false }}
              />
            )}
            {settings}
            <SwitchPerson />
          </SidebarGroup>
        </Sidebar>
      );
    },
  },
});
