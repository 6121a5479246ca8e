// What Slack's own packages say of each thing that we send; `schemas.mjs` makes JSON Schemas of it.
import type { RespondArguments, ViewResponseAction } from "@slack/bolt";
import type { HomeView, KnownBlock, ModalView } from "@slack/types";
import type {
  AppsConnectionsOpenArguments,
  AuthRevokeArguments,
  AuthTestArguments,
  ChatDeleteArguments,
  ChatGetPermalinkArguments,
  ChatPostEphemeralArguments,
  ChatPostMessageArguments,
  ChatUpdateArguments,
  ConversationsHistoryArguments,
  ConversationsInfoArguments,
  ConversationsJoinArguments,
  ConversationsListArguments,
  ConversationsOpenArguments,
  ReactionsAddArguments,
  TeamInfoArguments,
  UsersConversationsArguments,
  UsersInfoArguments,
  UsersLookupByEmailArguments,
  ViewsOpenArguments,
  ViewsPublishArguments,
  ViewsUpdateArguments,
} from "@slack/web-api";

export type Blocks = KnownBlock[];
export type Surface = HomeView | ModalView;
/** What a `response_url` takes, and the acknowledgement of a command; which of text and blocks it needs, the generator loses. */
export type Respond = Partial<RespondArguments>;
/** The acknowledgement of a sent modal. */
export type Submission = ViewResponseAction;

// Methods by name, with `_` for the point; one that is called and missing here is a violation.
export type apps_connections_open = AppsConnectionsOpenArguments;
export type auth_revoke = AuthRevokeArguments;
export type auth_test = AuthTestArguments;
export type chat_delete = ChatDeleteArguments;
export type chat_getPermalink = ChatGetPermalinkArguments;
export type chat_postEphemeral = ChatPostEphemeralArguments;
export type chat_postMessage = ChatPostMessageArguments;
export type chat_update = ChatUpdateArguments;
export type conversations_history = ConversationsHistoryArguments;
export type conversations_info = ConversationsInfoArguments;
export type conversations_join = ConversationsJoinArguments;
export type conversations_list = ConversationsListArguments;
export type conversations_open = ConversationsOpenArguments;
export type reactions_add = ReactionsAddArguments;
export type team_info = TeamInfoArguments;
export type users_conversations = UsersConversationsArguments;
export type users_info = UsersInfoArguments;
export type users_lookupByEmail = UsersLookupByEmailArguments;
export type views_open = ViewsOpenArguments;
export type views_publish = ViewsPublishArguments;
export type views_update = ViewsUpdateArguments;
