-- The tables. Names of people and groups, places and addresses are sealed (bytea) with a key per owner (data_key);
-- amounts are whole minor units. Rows of a group carry group_id first, so that nothing crosses groups.

create table "setting" ("name" text primary key, "value" text not null);

-- One key per member, address, group or staff person, wrapped by the root key. Without it her name is unreadable.
create table "data_key" (
  "id" uuid primary key,
  "wrapped" bytea,
  "shredded_at" timestamptz(3),
  constraint "data_key_wrapped_or_shredded" check (("wrapped" is null) = ("shredded_at" is not null))
);

create table "programme" (
  "id" uuid primary key,
  "name" text not null,
  "language" text not null,
  "currency" text not null,
  -- Whether lessons go out that no person has approved yet; they are marked as drafts.
  "lesson_drafts" boolean not null default false,
  -- The languages (BCP-47) in which its members may have lessons.
  "lesson_languages" text[] not null default '{es,en}',
  "created_at" timestamptz(3) not null default now(),
  constraint "programme_lesson_languages" check (cardinality("lesson_languages") between 1 and 20)
);

create table "staff" (
  "id" uuid primary key,
  "programme_id" uuid not null references "programme"("id"),
  "name" bytea not null,
  "role" text not null,
  "language" text not null,
  "created_at" timestamptz(3) not null default now(),
  constraint "staff_role" check ("role" in ('staff', 'safeguarding'))
);

create table "savings_group" (
  "id" uuid primary key,
  "programme_id" uuid not null references "programme"("id"),
  "name" bytea not null,
  "municipality" text,
  "state" text,
  "time_zone" text not null,
  "language" text not null,
  "currency" text not null,
  "meeting_weekday" text not null,
  "meeting_time" time(0) not null,
  "meeting_place" bytea,
  -- Whether its members are reminded at all, at which hour, and on which day: ISO, Monday is 1; without one the day before.
  "reminders" boolean not null default true,
  "reminder_time" time(0) not null default '18:00',
  "reminder_weekday" smallint,
  -- Whether who owes hears once more, the day after the meeting; and whether officers hear the book's check code each week.
  "late_reminders" boolean not null default false,
  "digest" boolean not null default true,
  "rules_version" integer not null default 1,
  -- The head of the group's chain of entries: their count and the last hash.
  "seq" bigint not null default 0,
  "head" bytea not null default '\x0000000000000000000000000000000000000000000000000000000000000000',
  -- Since when its book takes no entries, because a check found it wrong.
  "frozen_at" timestamptz(3),
  "created_at" timestamptz(3) not null default now(),
  constraint "savings_group_reminder_weekday" check ("reminder_weekday" between 1 and 7)
);
create index "savings_group_programme" on "savings_group"("programme_id");

create table "group_rules" (
  "group_id" uuid not null references "savings_group"("id"),
  "version" integer not null,
  "constitution" jsonb not null,
  -- The two officers who signed it; neither for the rules that a group came with.
  "author_id" uuid,
  "witness_id" uuid,
  "since" date not null,
  "created_at" timestamptz(3) not null default now(),
  primary key ("group_id", "version"),
  constraint "group_rules_two_officers" check (("author_id" is null) = ("witness_id" is null) and ("author_id" is null or "author_id" <> "witness_id"))
);

create table "cycle" (
  "group_id" uuid not null references "savings_group"("id"),
  "id" uuid not null,
  "starts" date not null,
  "ends" date not null,
  -- The officer who proposes to close it now; another one has to say yes.
  "proposed_by" uuid,
  -- By the clock of the message that closed it.
  "closed_at" timestamptz(3),
  -- When it was written down, by the database's own clock as all that is compared with it: the cycle before it ended then.
  "created_at" timestamptz(3) not null default now(),
  primary key ("group_id", "id"),
  constraint "cycle_ends_after_it_starts" check ("ends" > "starts")
);

create table "member" (
  "group_id" uuid not null references "savings_group"("id"),
  "id" uuid not null,
  "number" integer not null,
  "name" bytea not null,
  "role" text not null,
  "state" text not null,
  "language" text,
  "consented_at" timestamptz(3),
  "reminders" boolean not null default true,
  -- Her own hour and day for them (ISO, Monday is 1); without them the group's.
  "reminder_time" time(0),
  "reminder_weekday" smallint,
  "joined_on" date not null,
  -- The day she left the group; whoever was refused at the door never was in it.
  "left_on" date,
  -- What she wants to have saved; her own words for it are sealed.
  "goal_minor" bigint,
  "goal_words" bytea,
  -- Since when her telephone is hers no more, because nothing was heard from it for too long: two officers bring her back.
  "taken_back_at" timestamptz(3),
  "created_at" timestamptz(3) not null default now(),
  primary key ("group_id", "id"),
  constraint "member_goal" check ("goal_minor" between 1 and 100000000 and ("goal_words" is null or "goal_minor" is not null)),
  constraint "member_left" check ("left_on" is null or "state" = 'left'),
  constraint "member_role" check ("role" in ('member', 'leader', 'treasurer', 'secretary')),
  constraint "member_state" check ("state" in ('invited', 'pending', 'active', 'suspended', 'left')),
  constraint "member_reminder_weekday" check ("reminder_weekday" between 1 and 7)
);
create unique index "member_number" on "member"("group_id", "number");

-- One chat address on one channel. value is sealed; value_index is a keyed hash to find it by.
create table "address" (
  "id" uuid primary key,
  "channel" text not null,
  "value" bytea not null,
  "value_index" bytea not null,
  "language" text,
  "session" bytea,
  -- The choices of the questions that went out to her unasked, until she writes: each with its length before it.
  "asked" bytea,
  "asked_at" timestamptz(3),
  -- Until she writes: the platform takes nothing for her ("undeliverable"), or no news and offers ("opted-out").
  "refused_as" text,
  -- When a message of staff to many last reached her; null once she has written.
  "many_at" timestamptz(3),
  -- Whose book she is looking at, when the address is of several members.
  "speaks_as" uuid,
  "version" bigint not null default 0,
  "consented_at" timestamptz(3),
  "stopped_at" timestamptz(3),
  "blocked_at" timestamptz(3),
  -- Nobody who said yes yet: when the address is to be forgotten. Null once it belongs to somebody.
  "forget_at" timestamptz(3),
  "wrong_codes" integer not null default 0,
  "wrong_code_at" timestamptz(3),
  "heard_at" timestamptz(3),
  -- The same by the database's own clock: silence is counted by this one, which no program sets.
  "spoke_at" timestamptz(3) not null default now(),
  -- It spoke again after a long silence, and nobody has said yet that it was her.
  "doubted_at" timestamptz(3),
  -- A new telephone that waits for its day, where this one said no to another one before: it opens nothing meanwhile.
  "paused_for" uuid,
  -- When she was last asked to write one word, so that it is no silence.
  "nudged_at" timestamptz(3),
  -- When she was last told, with prepared words, that something waits for her.
  "invited_at" timestamptz(3),
  -- The last message that went out to her is prepared words that ask her to write.
  "invites" boolean not null default false,
  "created_at" timestamptz(3) not null default now()
);
create unique index "address_value" on "address"("channel", "value_index");

-- Other ids of the same person on that channel: a platform may show one of them today and another tomorrow.
create table "address_alias" (
  "channel" text not null,
  "value_index" bytea not null,
  "address_id" uuid not null references "address"("id") on delete cascade,
  primary key ("channel", "value_index")
);
create index "address_alias_address" on "address_alias"("address_id");

create table "member_address" (
  "address_id" uuid not null references "address"("id") on delete cascade,
  "group_id" uuid not null,
  "member_id" uuid not null,
  "created_at" timestamptz(3) not null default now(),
  primary key ("address_id", "group_id", "member_id"),
  foreign key ("group_id", "member_id") references "member"("group_id", "id")
);
create index "member_address_member" on "member_address"("group_id", "member_id");

create table "staff_address" (
  "address_id" uuid not null references "address"("id") on delete cascade,
  "staff_id" uuid not null references "staff"("id"),
  "created_at" timestamptz(3) not null default now(),
  primary key ("address_id", "staff_id")
);
create index "staff_address_staff" on "staff_address"("staff_id");

-- Yes and no to the privacy notice, with the text's version. Only ever added to.
create table "consent" (
  "id" uuid primary key,
  "address_id" uuid not null,
  "topic" text not null,
  "given" boolean not null,
  "notice_version" integer not null,
  "language" text not null,
  "at" timestamptz(3) not null default now()
);

create table "invite" (
  "id" uuid primary key,
  "group_id" uuid not null references "savings_group"("id"),
  "member_id" uuid,
  "code_index" bytea not null,
  -- The officer who had it made, or who of the staff; none for those that came with the programme.
  "made_by" uuid,
  "uses_left" integer not null,
  "expires_at" timestamptz(3) not null,
  "created_at" timestamptz(3) not null default now(),
  foreign key ("group_id", "member_id") references "member"("group_id", "id"),
  constraint "invite_uses" check ("uses_left" >= 0)
);
create unique index "invite_code" on "invite"("code_index");

create table "loan" (
  "group_id" uuid not null references "savings_group"("id"),
  "id" uuid not null,
  "member_id" uuid not null,
  "terms" jsonb not null,
  "state" text not null default 'active',
  -- Interest received before this book began, for a loan that came in with a running group.
  "interest_before_minor" bigint not null default 0,
  "disbursed_on" date not null,
  "created_at" timestamptz(3) not null default now(),
  primary key ("group_id", "id"),
  foreign key ("group_id", "member_id") references "member"("group_id", "id"),
  constraint "loan_state" check ("state" in ('active', 'repaid', 'written_off')),
  constraint "loan_interest_before" check ("interest_before_minor" >= 0)
);
create index "loan_member" on "loan"("group_id", "member_id");

-- A new plan for what is left of a loan: one officer says what the group agreed on, another one says the same. What the
-- loan was given with stays in "loan"."terms".
create table "loan_plan" (
  "group_id" uuid not null,
  "id" uuid not null,
  "loan_id" uuid not null,
  "instalments" smallint not null,
  "first_due" date not null,
  "state" text not null default 'proposed',
  "proposed_by" uuid not null,
  "witness_id" uuid,
  "agreed_on" date,
  -- The last entry of the book when it was agreed on: what is booked later is paid by the new plan.
  "book_seq" bigint,
  "created_at" timestamptz(3) not null default now(),
  primary key ("group_id", "id"),
  foreign key ("group_id", "loan_id") references "loan"("group_id", "id"),
  constraint "loan_plan_state" check ("state" in ('proposed', 'agreed', 'refused')),
  constraint "loan_plan_instalments" check ("instalments" between 1 and 520),
  constraint "loan_plan_two" check ("proposed_by" <> "witness_id"),
  constraint "loan_plan_agreed" check (("state" = 'agreed') = ("agreed_on" is not null and "book_seq" is not null and "witness_id" is not null)),
  constraint "loan_plan_first" check ("first_due" > "agreed_on")
);
create unique index "loan_plan_one_proposed" on "loan_plan"("group_id", "loan_id") where ("state" = 'proposed');
create index "loan_plan_loan" on "loan_plan"("group_id", "loan_id");

-- A loan that a member asked for. It becomes a loan when two people say that the money was handed over.
create table "loan_request" (
  "group_id" uuid not null,
  "id" uuid not null,
  "member_id" uuid not null,
  "amount_minor" bigint not null,
  "purpose" text not null,
  "instalments" smallint not null,
  "state" text not null default 'asked',
  -- The officer who asked for her who has no telephone; null where she asked herself.
  "asked_by" uuid,
  "decided_by" uuid,
  "handed_by" uuid,
  -- What she was shown when it was handed over: the loan is booked by these, whatever is saved or in the box by then.
  "terms" jsonb,
  -- The past meeting that it was handed over at, when that is written down later.
  "held_on" date,
  "loan_id" uuid,
  "created_at" timestamptz(3) not null default now(),
  "moved_at" timestamptz(3),
  primary key ("group_id", "id"),
  foreign key ("group_id", "member_id") references "member"("group_id", "id"),
  foreign key ("group_id", "loan_id") references "loan"("group_id", "id"),
  constraint "loan_request_state" check ("state" in ('asked', 'approved', 'handed', 'lent', 'refused', 'withdrawn')),
  constraint "loan_request_purpose" check ("purpose" in ('business', 'health', 'school', 'home', 'other')),
  constraint "loan_request_amount" check ("amount_minor" between 1 and 100000000),
  constraint "loan_request_instalments" check ("instalments" between 1 and 520),
  constraint "loan_request_handed" check (("state" = 'handed') = ("terms" is not null and "handed_by" is not null)),
  constraint "loan_request_asked" check ("asked_by" <> "member_id"),
  -- Who asked for her does not say yes to it as well.
  constraint "loan_request_two" check ("asked_by" <> "decided_by"),
  constraint "loan_request_held" check ("held_on" is null or "state" = 'handed'),
  constraint "loan_request_lent" check (("state" = 'lent') = ("loan_id" is not null))
);
create unique index "loan_request_one_open" on "loan_request"("group_id", "member_id") where ("state" in ('asked', 'approved', 'handed'));

-- A member's answer to a question put to the group; subject_id is what it was about. The first answer stands.
create table "vote" (
  "group_id" uuid not null,
  "subject_id" uuid not null,
  "member_id" uuid not null,
  "yes" boolean not null,
  "at" timestamptz(3) not null default now(),
  primary key ("group_id", "subject_id", "member_id"),
  foreign key ("group_id", "member_id") references "member"("group_id", "id")
);

-- A meeting that was opened: roll call, payments, loans, the count of the box, and the balances that all were told.
create table "meeting" (
  "group_id" uuid not null references "savings_group"("id"),
  "id" uuid not null,
  "meeting_on" date not null,
  -- Held with paper alone, and its boxes written down later: what they hold is said of that day, not of the day it was written.
  "late" boolean not null default false,
  "state" text not null default 'open',
  "opened_by" uuid not null,
  "expected_minor" bigint,
  "counted_minor" bigint,
  -- The same by box: [{pot, expected, counted}], amounts in minor units as text.
  "boxes" jsonb,
  -- The first count that was not what the book said, in the same form: kept, whatever was counted afterwards.
  "first_boxes" jsonb,
  "counted_by" uuid,
  "witness_id" uuid,
  -- The member who was asked for the second word on a difference while every other officer stayed away.
  "stand_in_id" uuid,
  "reason" text,
  -- The chain's head that the check words were made of, and the number of its entry.
  "head" bytea,
  "seq" bigint,
  "opened_at" timestamptz(3) not null default now(),
  "closed_at" timestamptz(3),
  primary key ("group_id", "id"),
  constraint "meeting_state" check ("state" in ('open', 'differs', 'agreed', 'closed')),
  constraint "meeting_stand_in" check ("stand_in_id" <> "counted_by"),
  constraint "meeting_reason" check ("reason" in ('change', 'expense', 'unwritten', 'unknown')),
  constraint "meeting_closed" check (("state" = 'closed') = ("closed_at" is not null)),
  -- No meeting ends, and no difference is decided on, without a count.
  constraint "meeting_counted" check ("state" = 'open' or ("counted_minor" is not null and "expected_minor" is not null))
);
create unique index "meeting_one_open" on "meeting"("group_id") where ("state" <> 'closed');

-- A fine that was set. It is owed until payments of fines have covered it.
create table "member_fine" (
  "group_id" uuid not null,
  "id" uuid not null,
  "member_id" uuid not null,
  "meeting_on" date not null,
  "reason" text not null,
  "amount_minor" bigint not null,
  "set_by" uuid not null,
  "created_at" timestamptz(3) not null default now(),
  primary key ("group_id", "id"),
  foreign key ("group_id", "member_id") references "member"("group_id", "id"),
  constraint "member_fine_reason" check ("reason" in ('absent', 'late', 'other')),
  constraint "member_fine_amount" check ("amount_minor" between 1 and 100000000)
);
create unique index "member_fine_once" on "member_fine"("group_id", "member_id", "meeting_on", "reason") where ("reason" <> 'other');

-- balance_minor (debits minus credits) is only a cache of the postings; verify-books compares the two.
create table "account" (
  "group_id" uuid not null references "savings_group"("id"),
  "name" text not null,
  "side" text not null,
  "balance_minor" bigint not null default 0,
  primary key ("group_id", "name"),
  constraint "account_side" check ("side" in ('debit', 'credit', 'either')),
  constraint "account_not_below_zero" check (
    "side" = 'either' or ("side" = 'debit' and "balance_minor" >= 0) or ("side" = 'credit' and "balance_minor" <= 0)
  )
);

create table "journal_entry" (
  "group_id" uuid not null references "savings_group"("id"),
  "id" uuid not null,
  "seq" bigint not null,
  "kind" text not null,
  "idempotency_key" text not null,
  "batch" uuid,
  "author_id" uuid not null,
  "witness_id" uuid,
  "occurred_on" date not null,
  "rules_version" integer not null,
  "reverses" uuid,
  "reason" text,
  "posting_count" smallint not null,
  "prev_hash" bytea not null,
  "hash" bytea not null,
  "created_at" timestamptz(3) not null default now(),
  primary key ("group_id", "id"),
  foreign key ("group_id", "reverses") references "journal_entry"("group_id", "id"),
  foreign key ("group_id", "rules_version") references "group_rules"("group_id", "version"),
  constraint "journal_entry_kind" check ("kind" in ('opening', 'payment', 'loan', 'count', 'closing', 'write-off', 'cover', 'refund', 'withdrawal', 'leaving', 'grant', 'expense', 'capital-in', 'capital-back', 'payout', 'organiser-fee', 'reversal')),
  constraint "journal_entry_reason" check ("reason" in ('undo', 'objection', 'mistake')),
  constraint "journal_entry_reversal" check (("kind" = 'reversal') = ("reverses" is not null)),
  constraint "journal_entry_posting_count" check ("posting_count" between 1 and 200),
  constraint "journal_entry_seq_positive" check ("seq" >= 1)
);
create unique index "journal_entry_seq" on "journal_entry"("group_id", "seq");
create unique index "journal_entry_key" on "journal_entry"("group_id", "idempotency_key");
create unique index "journal_entry_reverses" on "journal_entry"("group_id", "reverses");
create index "journal_entry_batch" on "journal_entry"("group_id", "batch");

-- A posting names both sides and a positive amount, so its sum is zero by construction.
create table "posting" (
  "group_id" uuid not null,
  "entry_id" uuid not null,
  "n" smallint not null,
  "debit" text not null,
  "credit" text not null,
  "amount_minor" bigint not null,
  primary key ("group_id", "entry_id", "n"),
  foreign key ("group_id", "entry_id") references "journal_entry"("group_id", "id"),
  foreign key ("group_id", "debit") references "account"("group_id", "name"),
  foreign key ("group_id", "credit") references "account"("group_id", "name"),
  constraint "posting_amount" check ("amount_minor" between 1 and 100000000),
  constraint "posting_two_accounts" check ("debit" <> "credit")
);
create index "posting_debit" on "posting"("group_id", "debit");
create index "posting_credit" on "posting"("group_id", "credit");

-- A gap of one member that others paid, by the group's vote: who covered whom. No member_id: out of the savings pot.
create table "cover" (
  "group_id" uuid not null,
  "id" uuid not null,
  "debtor_id" uuid not null,
  "gap_minor" bigint not null,
  "kind" text not null,
  "state" text not null default 'proposed',
  "proposed_by" uuid not null,
  "witness_id" uuid,
  "entry_id" uuid,
  "created_at" timestamptz(3) not null default now(),
  primary key ("group_id", "id"),
  foreign key ("group_id", "debtor_id") references "member"("group_id", "id"),
  foreign key ("group_id", "entry_id") references "journal_entry"("group_id", "id"),
  constraint "cover_kind" check ("kind" in ('equal', 'pro-rata', 'pot')),
  constraint "cover_state" check ("state" in ('proposed', 'booked', 'refused', 'reversed')),
  constraint "cover_gap" check ("gap_minor" between 1 and 100000000),
  constraint "cover_entry" check (("state" in ('booked', 'reversed')) = ("entry_id" is not null))
);
create unique index "cover_one_proposed" on "cover"("group_id", "debtor_id") where ("state" = 'proposed');

create table "cover_share" (
  "group_id" uuid not null,
  "cover_id" uuid not null,
  "n" smallint not null,
  "member_id" uuid,
  "amount_minor" bigint not null,
  primary key ("group_id", "cover_id", "n"),
  foreign key ("group_id", "cover_id") references "cover"("group_id", "id"),
  foreign key ("group_id", "member_id") references "member"("group_id", "id"),
  constraint "cover_share_amount" check ("amount_minor" between 1 and 100000000)
);

-- What she gave back to those who covered her, by the entry that booked it.
create table "cover_refund" (
  "group_id" uuid not null,
  "entry_id" uuid not null,
  "n" smallint not null,
  "debtor_id" uuid not null,
  "member_id" uuid,
  "amount_minor" bigint not null,
  primary key ("group_id", "entry_id", "n"),
  foreign key ("group_id", "entry_id") references "journal_entry"("group_id", "id"),
  foreign key ("group_id", "debtor_id") references "member"("group_id", "id"),
  foreign key ("group_id", "member_id") references "member"("group_id", "id"),
  constraint "cover_refund_amount" check ("amount_minor" between 1 and 100000000)
);

-- Money that leaves the box otherwise, or is put in by an organisation: an officer says so, and a second person before it is
-- in the book.
create table "money_out" (
  "group_id" uuid not null references "savings_group"("id"),
  "id" uuid not null,
  "kind" text not null,
  "member_id" uuid,
  "amount_minor" bigint not null,
  "state" text not null default 'proposed',
  "proposed_by" uuid not null,
  -- Of somebody who leaves: another officer, who says the same before she is asked.
  "seconded_by" uuid,
  "witness_id" uuid,
  "entry_id" uuid,
  -- The past meeting at which it changed hands, when it is written down later. Who leaves is paid out of the book as it is now.
  "held_on" date,
  "created_at" timestamptz(3) not null default now(),
  primary key ("group_id", "id"),
  foreign key ("group_id", "member_id") references "member"("group_id", "id"),
  constraint "money_out_held" check ("held_on" is null or "kind" <> 'leaving'),
  constraint "money_out_kind" check ("kind" in ('withdrawal', 'leaving', 'grant', 'expense', 'capital-in', 'capital-back')),
  constraint "money_out_state" check ("state" in ('proposed', 'seconded', 'booked', 'refused')),
  constraint "money_out_two" check ("proposed_by" <> "seconded_by" and "proposed_by" <> "witness_id"),
  constraint "money_out_amount" check ("amount_minor" between 0 and 100000000)
);
create index "money_out_open" on "money_out"("group_id", "created_at") where ("state" in ('proposed', 'seconded'));

-- The two officers who stand for the balances that a group brought into its book: asked in the chat, or by their names on paper.
create table "opening_signature" (
  "group_id" uuid not null references "savings_group"("id"),
  "member_id" uuid not null,
  "state" text not null,
  "decided_at" timestamptz(3),
  primary key ("group_id", "member_id"),
  foreign key ("group_id", "member_id") references "member"("group_id", "id"),
  constraint "opening_signature_state" check ("state" in ('asked', 'signed', 'refused', 'paper')),
  constraint "opening_signature_decided" check (("state" in ('signed', 'refused')) = ("decided_at" is not null))
);

-- A change of what was booked or set that waits for a second officer: payments to be taken back (undo), one to be corrected
-- (parts: what stands instead, null when nothing does), a fine that is not owed any more, a show of hands at a meeting
-- (hands: {about, id, yes, no}), what is owed for covers and forgiven, what is given back for them (refund) or was noted by
-- mistake (refund-off, of the entry_id), what others gave for her (cover-off, of the entry_id).
create table "second_word" (
  "group_id" uuid not null references "savings_group"("id"),
  "id" uuid not null,
  "kind" text not null,
  "state" text not null default 'proposed',
  "proposed_by" uuid,
  -- Where a group has too few officers for it, or its two were told NO once: a word about a telephone is staff's too.
  "proposed_staff_id" uuid references "staff"("id"),
  "witness_id" uuid,
  "witness_staff_id" uuid references "staff"("id"),
  -- The second word is for staff to say, and no officer's.
  "to_staff" boolean not null default false,
  -- The silent telephone that is hers as before.
  "address_id" uuid,
  "payments" jsonb not null default '[]',
  "parts" jsonb,
  "member_id" uuid,
  "amount_minor" bigint,
  "hands" jsonb,
  -- Of a closed meeting that is to be opened once more.
  "meeting_on" date,
  "entry_id" uuid,
  "created_at" timestamptz(3) not null default now(),
  primary key ("group_id", "id"),
  foreign key ("group_id", "member_id") references "member"("group_id", "id"),
  foreign key ("group_id", "entry_id") references "journal_entry"("group_id", "id"),
  constraint "second_word_kind" check ("kind" in ('undo', 'correction', 'fine-off', 'tanda-stop', 'reopen', 'hands', 'forgive', 'refund', 'refund-off', 'cover-off')),
  constraint "second_word_state" check ("state" in ('proposed', 'done', 'refused', 'lapsed')),
  -- lapsed: who asked for it has no office any more, and nobody answered.
  constraint "second_word_two" check (num_nonnulls("proposed_by", "proposed_staff_id") = 1 and num_nonnulls("witness_id", "witness_staff_id") = ("state" not in ('proposed', 'lapsed'))::int
    and coalesce("proposed_by" <> "witness_id", true) and coalesce("proposed_staff_id" <> "witness_staff_id", true)),
  constraint "second_word_staff" check (case when "to_staff" then "kind" in ('new-phone', 'known-phone') and "witness_id" is null else num_nonnulls("proposed_staff_id", "witness_staff_id") = 0 end),
  constraint "second_word_known" check (("kind" = 'known-phone') = ("address_id" is not null) and ("kind" <> 'known-phone' or "proposed_staff_id" is not null)),
  constraint "second_word_fine" check (("kind" in ('fine-off', 'forgive', 'refund', 'refund-off', 'cover-off')) = ("amount_minor" is not null and "member_id" is not null)),
  constraint "second_word_reopen" check (("kind" = 'reopen') = ("meeting_on" is not null)),
  constraint "second_word_hands" check (("kind" = 'hands') = ("hands" is not null)),
  constraint "second_word_entry" check (("kind" in ('refund-off', 'cover-off')) = ("entry_id" is not null)),
  -- Money that she gives back is stated by two: whoever the two are, one of them is not her.
  constraint "second_word_not_hers" check ("kind" in ('refund', 'refund-off') or ("member_id" <> "proposed_by" and "member_id" <> "witness_id")),
  constraint "second_word_amount" check ("amount_minor" between 1 and 100000000)
);
create index "second_word_open" on "second_word"("group_id", "created_at") where ("state" = 'proposed');

-- A new telephone that wrote the code two had made for a member: it is hers a day later, unless her old one says no. Its id is that
-- of the second word, and of the code. Who vouched for her, officers or staff, stays, whatever becomes of it.
create table "recovery" (
  "group_id" uuid not null references "savings_group"("id"),
  "id" uuid not null,
  "member_id" uuid not null,
  -- Of the new telephone; forgotten with it.
  "address_id" uuid not null,
  "vouched_by" uuid,
  "vouched_staff_id" uuid references "staff"("id"),
  "witness_id" uuid,
  "witness_staff_id" uuid references "staff"("id"),
  -- Her old telephone had said no to another one not long before: it is asked nothing now, and rests until this one ends.
  "contested" boolean not null default false,
  "state" text not null default 'held',
  -- When the new telephone wrote.
  "at" timestamptz(3) not null,
  "ended_at" timestamptz(3),
  "created_at" timestamptz(3) not null default now(),
  primary key ("group_id", "id"),
  foreign key ("group_id", "id") references "second_word"("group_id", "id"),
  foreign key ("group_id", "member_id") references "member"("group_id", "id"),
  -- denied: the old telephone said no.
  constraint "recovery_state" check ("state" in ('held', 'done', 'denied', 'stopped') and ("state" = 'held') = ("ended_at" is null)),
  constraint "recovery_two" check (num_nonnulls("vouched_by", "vouched_staff_id") = 1 and num_nonnulls("witness_id", "witness_staff_id") = 1
    and coalesce("vouched_by" <> "witness_id", true) and coalesce("vouched_staff_id" <> "witness_staff_id", true)
    and coalesce("member_id" <> "vouched_by", true) and coalesce("member_id" <> "witness_id", true)),
  constraint "recovery_contested" check (not "contested" or "witness_staff_id" is not null)
);
create unique index "recovery_one_held" on "recovery"("group_id", "member_id") where ("state" = 'held');
create index "recovery_due" on "recovery"("at") where ("state" = 'held');
create index "recovery_address" on "recovery"("address_id") where ("state" = 'held');
create index "recovery_denied" on "recovery"("group_id", "member_id", "ended_at") where ("state" = 'denied');

-- A claim that money moved: reported (or signed by a first officer), then confirmed, rejected, expired or reversed.
create table "payment" (
  "group_id" uuid not null,
  "id" uuid not null,
  "member_id" uuid not null,
  "savings_minor" bigint not null default 0,
  "loan_minor" bigint not null default 0,
  "fine_minor" bigint not null default 0,
  "social_minor" bigint not null default 0,
  -- For the rounds of a tanda; which rounds, its entry says.
  "turn_minor" bigint not null default 0,
  "state" text not null,
  "meeting_on" date not null,
  -- 0 for her payment of that meeting; 1, 2 … only when "again" was explicitly confirmed (invariant L7).
  "nth" smallint not null default 0,
  "batch" uuid not null,
  "reported_by" uuid not null,
  "first_signer" uuid,
  "decided_by" uuid,
  "entry_id" uuid,
  "created_at" timestamptz(3) not null default now(),
  "decided_at" timestamptz(3),
  primary key ("group_id", "id"),
  foreign key ("group_id", "member_id") references "member"("group_id", "id"),
  foreign key ("group_id", "entry_id") references "journal_entry"("group_id", "id"),
  constraint "payment_state" check ("state" in ('reported', 'signed', 'confirmed', 'rejected', 'expired', 'reversed')),
  constraint "payment_amounts" check (
    "savings_minor" >= 0 and "loan_minor" >= 0 and "fine_minor" >= 0 and "social_minor" >= 0 and "turn_minor" >= 0
    and "savings_minor" + "loan_minor" + "fine_minor" + "social_minor" + "turn_minor" between 1 and 100000000
  ),
  constraint "payment_entry" check (("state" in ('confirmed', 'reversed')) = ("entry_id" is not null))
);
create unique index "payment_once_a_meeting" on "payment"("group_id", "member_id", "meeting_on", "nth") where ("state" = 'confirmed');
create index "payment_meeting" on "payment"("group_id", "meeting_on");
create index "payment_waiting" on "payment"("group_id") where ("state" in ('reported', 'signed'));
create index "payment_entry_id" on "payment"("group_id", "entry_id");

create table "dispute" (
  "group_id" uuid not null,
  "id" uuid not null,
  "member_id" uuid not null,
  "payment_id" uuid not null,
  "state" text not null default 'open',
  "decided_by" uuid,
  "opened_at" timestamptz(3) not null default now(),
  "decided_at" timestamptz(3),
  primary key ("group_id", "id"),
  foreign key ("group_id", "member_id") references "member"("group_id", "id"),
  foreign key ("group_id", "payment_id") references "payment"("group_id", "id"),
  constraint "dispute_state" check ("state" in ('open', 'corrected', 'kept'))
);
create unique index "dispute_one_open" on "dispute"("group_id", "payment_id") where ("state" = 'open');

create table "attendance" (
  "group_id" uuid not null,
  "member_id" uuid not null,
  "meeting_on" date not null,
  "present" boolean not null,
  "recorded_by" uuid not null,
  "recorded_at" timestamptz(3) not null default now(),
  primary key ("group_id", "member_id", "meeting_on"),
  foreign key ("group_id", "member_id") references "member"("group_id", "id")
);

-- What the roll of a closed meeting said before it was opened once more and changed.
create table "attendance_correction" (
  "group_id" uuid not null,
  "member_id" uuid not null,
  "meeting_on" date not null,
  "was" boolean not null,
  "recorded_by" uuid not null,
  "recorded_at" timestamptz(3) not null,
  "corrected_by" uuid not null,
  "corrected_at" timestamptz(3) not null,
  primary key ("group_id", "member_id", "meeting_on", "corrected_at"),
  foreign key ("group_id", "member_id") references "member"("group_id", "id")
);

-- A draw by lots: committed (words are taken), closed (they are not any more), then revealed, or void for ever.
-- The secret and the words are sealed; `opened` is the secret once everybody may know it.
create table "draw" (
  "group_id" uuid not null,
  "id" uuid not null,
  "cycle_id" uuid not null,
  "purpose" text not null,
  "draw_by" text not null,
  "commit" text not null,
  "secret" bytea not null,
  -- Numbers of the roster, ascending: who may give a word, and one for each lot.
  "members" jsonb not null,
  "lots" jsonb not null,
  "words_until" timestamptz(3) not null,
  "reveal_until" timestamptz(3) not null,
  -- The commitment of the void draw before it.
  "follows" text,
  "state" text not null default 'committed',
  "dice" text,
  "opened" text,
  "drawn" jsonb,
  "missing" text,
  "begun_by" uuid not null,
  "opened_by" uuid,
  "begun_at" timestamptz(3) not null,
  "moved_at" timestamptz(3),
  primary key ("group_id", "id"),
  foreign key ("group_id", "cycle_id") references "cycle"("group_id", "id"),
  foreign key ("group_id", "begun_by") references "member"("group_id", "id"),
  foreign key ("group_id", "opened_by") references "member"("group_id", "id"),
  constraint "draw_purpose" check ("purpose" in ('gift', 'turns')),
  constraint "draw_by" check ("draw_by" in ('words', 'dice', 'words-and-dice')),
  constraint "draw_state" check ("state" in ('committed', 'closed', 'revealed', 'void')),
  constraint "draw_commit_is_a_hash" check ("commit" ~ '^[0-9a-f]{64}$'),
  constraint "draw_secret_is_due_after_the_words" check ("words_until" < "reveal_until"),
  constraint "draw_two_lots" check (jsonb_array_length("lots") between 2 and 200 and "lots" <@ "members"),
  constraint "draw_revealed" check (
    ("state" = 'revealed') = ("opened" is not null)
    and ("opened" is null) = ("drawn" is null) and ("opened" is null) = ("opened_by" is null)
  ),
  -- Two people: who began it does not open the secret.
  constraint "draw_opened_by_another" check ("opened_by" <> "begun_by"),
  constraint "draw_secret_is_the_committed_one" check (encode(sha256(convert_to("opened", 'UTF8')), 'hex') = "commit"),
  constraint "draw_drawn_are_the_lots" check (jsonb_array_length("drawn") = jsonb_array_length("lots") and "drawn" <@ "lots" and "lots" <@ "drawn"),
  constraint "draw_missing" check (("state" = 'void') = ("missing" is not null) and "missing" in ('words', 'secret'))
);
create unique index "draw_one_open" on "draw"("group_id") where ("state" in ('committed', 'closed'));
create unique index "draw_one_result" on "draw"("group_id", "cycle_id", "purpose") where ("state" = 'revealed');
create unique index "draw_secret_once" on "draw"("group_id", "commit");

create table "draw_word" (
  "group_id" uuid not null,
  "draw_id" uuid not null,
  "number" integer not null,
  "word" bytea not null,
  "given_at" timestamptz(3) not null,
  primary key ("group_id", "draw_id", "number"),
  foreign key ("group_id", "draw_id") references "draw"("group_id", "id")
);

-- Who receives in which round of a tanda, as numbers of the roster without the organiser's extra turn. A draw is no row
-- here: the last agreed row stands, else what was drawn. A swap has its turns only when both agreed.
create table "tanda_order" (
  "group_id" uuid not null,
  "id" uuid not null,
  "cycle_id" uuid not null,
  "kind" text not null,
  "turns" jsonb,
  -- With whom she who proposes a swap changes her turn.
  "other_id" uuid,
  "state" text not null default 'proposed',
  "proposed_by" uuid not null,
  "witness_id" uuid,
  -- Of a tanda that ran already when its book began: rounds handed over before, and what was missing of them.
  "rounds_before" smallint not null default 0,
  "owed_before" jsonb not null default '[]',
  "created_at" timestamptz(3) not null default now(),
  "moved_at" timestamptz(3),
  primary key ("group_id", "id"),
  foreign key ("group_id", "cycle_id") references "cycle"("group_id", "id"),
  foreign key ("group_id", "other_id") references "member"("group_id", "id"),
  foreign key ("group_id", "proposed_by") references "member"("group_id", "id"),
  foreign key ("group_id", "witness_id") references "member"("group_id", "id"),
  constraint "tanda_order_kind" check ("kind" in ('agreement', 'swap', 'opening')),
  constraint "tanda_order_state" check ("state" in ('proposed', 'agreed', 'refused')),
  constraint "tanda_order_swap" check (("kind" = 'swap') = ("other_id" is not null)),
  constraint "tanda_order_agreed" check ("state" <> 'agreed' or ("turns" is not null and "witness_id" is not null and "moved_at" is not null)),
  -- Two people: who proposes it does not agree to it. A swap is agreed by the other one herself.
  constraint "tanda_order_two_people" check ("state" <> 'agreed' or ("witness_id" <> "proposed_by" and ("kind" <> 'swap' or "witness_id" = "other_id"))),
  constraint "tanda_order_before" check ("rounds_before" >= 0 and ("kind" = 'opening' or ("rounds_before" = 0 and "owed_before" = '[]')))
);
create unique index "tanda_order_one_agreement" on "tanda_order"("group_id") where ("state" = 'proposed' and "kind" = 'agreement');
create unique index "tanda_order_one_swap" on "tanda_order"("group_id", "proposed_by") where ("state" = 'proposed' and "kind" = 'swap');
create unique index "tanda_order_one_opening" on "tanda_order"("group_id", "cycle_id") where ("kind" = 'opening');

-- Money of a round on its way to who receives it: an officer says so, and the one who receives it before it is booked.
create table "tanda_payout" (
  "group_id" uuid not null,
  "id" uuid not null,
  "cycle_id" uuid not null,
  "round" smallint not null,
  "member_id" uuid not null,
  "amount_minor" bigint not null,
  -- What the organiser is given out of the same round, by an entry of its own.
  "fee_minor" bigint not null default 0,
  "meeting_on" date not null,
  "state" text not null default 'proposed',
  "proposed_by" uuid not null,
  "witness_id" uuid,
  "entry_id" uuid,
  "created_at" timestamptz(3) not null default now(),
  primary key ("group_id", "id"),
  foreign key ("group_id", "cycle_id") references "cycle"("group_id", "id"),
  foreign key ("group_id", "member_id") references "member"("group_id", "id"),
  foreign key ("group_id", "entry_id") references "journal_entry"("group_id", "id"),
  constraint "tanda_payout_round" check ("round" between 1 and 104),
  constraint "tanda_payout_state" check ("state" in ('proposed', 'booked', 'refused')),
  constraint "tanda_payout_amount" check ("amount_minor" between 1 and 100000000 and "fee_minor" between 0 and 100000000),
  constraint "tanda_payout_two_people" check ("state" <> 'booked' or "witness_id" <> "proposed_by"),
  constraint "tanda_payout_entry" check (("state" = 'booked') = ("entry_id" is not null) and ("state" = 'proposed') = ("witness_id" is null))
);
create unique index "tanda_payout_one_proposed" on "tanda_payout"("group_id") where ("state" = 'proposed');
create index "tanda_payout_round_of" on "tanda_payout"("group_id", "cycle_id", "round");

-- How far a member is with a lesson. The row is made when the lesson is hers: it was announced to her, or she asked for it.
-- What she did with a lesson that only goes out on request stays here, and is never told with her name.
create table "lesson_progress" (
  "group_id" uuid not null,
  "member_id" uuid not null,
  "lesson_id" text not null,
  -- The language she was to have it in, and whether spoken: as it was when she was enrolled.
  "language" text not null,
  "voice" boolean not null default false,
  "enrolled_at" timestamptz(3) not null,
  -- When she was last told that it is there for her.
  "announced_at" timestamptz(3),
  -- When its announcement went out, or when she had its first words.
  "delivered_at" timestamptz(3),
  "opened_at" timestamptz(3),
  -- How many of its parts she has had: the fact, the reason, the action with its question.
  "part" smallint not null default 0,
  "finished_at" timestamptz(3),
  "first_answer" text,
  "right_first" boolean,
  -- The day on which its question comes back, because she missed it; how often it has, and whether she was right then.
  "review_on" date,
  "reviews" smallint not null default 0,
  "review_right" boolean,
  -- "¿Lo hiciste?" is asked once.
  "did_asked_at" timestamptz(3),
  "did" boolean,
  "did_at" timestamptz(3),
  primary key ("group_id", "member_id", "lesson_id"),
  foreign key ("group_id", "member_id") references "member"("group_id", "id"),
  constraint "lesson_progress_lesson" check ("lesson_id" ~ '^(F|N|R|RS|B|C|P)[1-9][0-9]?$'),
  constraint "lesson_progress_part" check ("part" between 0 and 3),
  constraint "lesson_progress_opened" check (("part" = 0) = ("opened_at" is null) and ("opened_at" is null or "delivered_at" is not null)),
  constraint "lesson_progress_finished" check (
    -- Finished without an answer: she said that she does not know.
    ("finished_at" is null) = ("right_first" is null) and ("first_answer" is not null or "right_first" is not true)
    and ("finished_at" is not null or "first_answer" is null)
    and ("finished_at" is null or "opened_at" is not null)),
  constraint "lesson_progress_answer" check ("first_answer" in ('a', 'b', 'c')),
  constraint "lesson_progress_reviews" check ("reviews" between 0 and 3 and (("reviews" = 0) = ("review_right" is null))),
  constraint "lesson_progress_review" check ("review_on" is null or ("finished_at" is not null and "reviews" < 3)),
  constraint "lesson_progress_did" check (("did" is null) = ("did_at" is null))
);

-- A member's own wishes about lessons, and when the next one is announced to her. Made when she is first looked at.
create table "lesson_setting" (
  "group_id" uuid not null,
  "member_id" uuid not null,
  "off" boolean not null default false,
  -- Her own hour and days; without them the group's.
  "hour" time(0),
  "days" text[] not null default '{}',
  -- The language (BCP-47) she wants lessons in, where it is another than the one the bot speaks with her.
  "language" text,
  -- Announcements in a row that she did not answer; after three she is asked once whether to go on.
  "unanswered" smallint not null default 0,
  "asked_to_go_on" boolean not null default false,
  -- When the next one is announced; whoever announces it moves this on, once.
  "next_at" timestamptz(3),
  primary key ("group_id", "member_id"),
  foreign key ("group_id", "member_id") references "member"("group_id", "id"),
  constraint "lesson_setting_days" check ("days" <@ array['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']),
  constraint "lesson_setting_unanswered" check ("unanswered" between 0 and 3)
);
create index "lesson_setting_next" on "lesson_setting"("next_at", "member_id") where (not "off" and not "asked_to_go_on");

-- A lesson that was read aloud to the group in a meeting: which one comes next, and how many they had together.
create table "lesson_reading" (
  "group_id" uuid not null references "savings_group"("id"),
  "lesson_id" text not null,
  "meeting_on" date not null,
  "opened_by" uuid not null,
  "opened_at" timestamptz(3) not null,
  primary key ("group_id", "lesson_id"),
  foreign key ("group_id", "opened_by") references "member"("group_id", "id"),
  constraint "lesson_reading_lesson" check ("lesson_id" ~ '^(F|N|B|C|P)[1-9][0-9]?$')
);

-- Who approved which words of a lesson. Only ever added to: other words need another approval.
create table "lesson_approval" (
  "lesson_id" text not null,
  "language" text not null,
  "text_hash" text not null,
  "approved_by" text not null,
  "approved_at" timestamptz(3) not null default now(),
  primary key ("lesson_id", "language", "text_hash"),
  constraint "lesson_approval_hash" check ("text_hash" ~ '^[0-9a-f]{64}$'),
  constraint "lesson_approval_by" check ("approved_by" <> '')
);

-- Files that people sent and the program keeps, by what is in them: recordings of lessons. Written once, never changed.
create table "media" (
  "hash" bytea primary key,
  "mime" text not null,
  "bytes" bytea not null,
  "created_at" timestamptz(3) not null default now(),
  constraint "media_hash" check ("hash" = sha256("bytes")),
  constraint "media_size" check (octet_length("bytes") between 1 and 16777216)
);

-- The id by which a platform knows a file that it was given: it is sent by it, as long as the platform keeps it.
create table "media_sent" (
  "channel" text not null,
  "hash" bytea not null references "media"("hash") on delete cascade,
  "file_id" text not null,
  "sent_at" timestamptz(3) not null default now(),
  primary key ("channel", "hash")
);

-- A lesson as somebody of the programme read it aloud in a language. text_hash: the words she was shown; when they are no
-- longer the lesson's, the recording goes out no more.
create table "lesson_audio" (
  "programme_id" uuid not null references "programme"("id"),
  "lesson_id" text not null,
  "language" text not null,
  "text_hash" text not null,
  "hash" bytea not null references "media"("hash"),
  "seconds" integer not null,
  "recorded_by" uuid not null references "staff"("id"),
  "recorded_at" timestamptz(3) not null,
  primary key ("programme_id", "lesson_id", "language"),
  constraint "lesson_audio_lesson" check ("lesson_id" ~ '^(F|N|R|RS|B|C|P)[1-9][0-9]?$'),
  constraint "lesson_audio_text" check ("text_hash" ~ '^[0-9a-f]{64}$'),
  constraint "lesson_audio_seconds" check ("seconds" between 1 and 600)
);
create index "lesson_audio_media" on "lesson_audio"("hash");

-- Every message that came in, once. body (sealed) is kept only when our own mistake stopped its answer.
create table "inbox" (
  "channel" text not null,
  "message_id" text not null,
  "address_id" uuid,
  "outcome" text not null,
  "error" text,
  "body" bytea,
  "received_at" timestamptz(3) not null default now(),
  primary key ("channel", "message_id"),
  constraint "inbox_outcome" check ("outcome" in ('done', 'dead', 'limited'))
);

-- Everything said goes through here, written with the facts. The table is the queue and the record.
create table "outbox" (
  "id" uuid primary key,
  "channel" text not null,
  "address_id" uuid not null references "address"("id") on delete cascade,
  "group_id" uuid,
  "member_id" uuid,
  "kind" text not null,
  "lane" smallint not null,
  "unsolicited" boolean not null,
  "body" bytea,
  "dedupe_key" text,
  -- The meeting a reminder is about, so that the book can be asked again when it is sent.
  "meeting_on" date,
  -- The lesson an announcement is about.
  "lesson_id" text,
  "state" text not null default 'queued',
  "not_before" timestamptz(3) not null default now(),
  "expires_at" timestamptz(3),
  "attempts" smallint not null default 0,
  "lease_until" timestamptz(3),
  -- The platform's ids of its parts, with commas between; while it waits, of those that are out already.
  "sent_id" text,
  -- The last of the ids, where a platform says what became of a message: it speaks of one part at a time.
  "status_id" text,
  -- "text", or the prepared words that went out in its place: what the platform charges for.
  "sent_as" text,
  "reason" text,
  "created_at" timestamptz(3) not null default now(),
  "sent_at" timestamptz(3),
  -- What the platform said of it afterwards, where it says anything.
  "delivered_at" timestamptz(3),
  "read_at" timestamptz(3),
  -- Its choices, where she did not ask for it: they become hers to answer when it has gone out, and not before.
  "asked" bytea,
  -- The newcomer whom it names: it goes when she goes.
  "about_id" uuid,
  constraint "outbox_state" check ("state" in ('queued', 'sending', 'held', 'sent', 'skipped', 'failed')),
  constraint "outbox_lane" check ("lane" in (0, 1))
);
create unique index "outbox_dedupe" on "outbox"("dedupe_key");
create index "outbox_unsent" on "outbox"("channel", "lane", "not_before", "id") where ("state" in ('queued', 'sending'));
create index "outbox_unsent_address" on "outbox"("address_id", "lane", "id") where ("state" in ('queued', 'sending'));
-- What waits for her to write again.
create index "outbox_held" on "outbox"("address_id") where ("state" = 'held');
-- Questions that were sent to her, but for announcements of lessons: whether one of them still waits for her word.
create index "outbox_asked" on "outbox"("address_id") where ("asked" is not null and "kind" <> 'lesson');
-- Where a platform says what became of a message, it is found by the platform's own id.
create index "outbox_status_id" on "outbox"("channel", "status_id") where ("status_id" is not null);
-- What she had without asking, today: there is a most of it.
create index "outbox_bulk_sent" on "outbox"("address_id", "sent_at") where ("state" = 'sent' and "lane" = 1);

-- The parts before the last of what went out in several, where a platform says what became of each.
create table "outbox_part" (
  "channel" text not null,
  "sent_id" text not null,
  "outbox_id" uuid not null references "outbox"("id") on delete cascade,
  -- Counted from 1.
  "place" smallint not null,
  primary key ("channel", "sent_id")
);
create index "outbox_part_outbox" on "outbox_part"("outbox_id");

-- What a platform allows, shared by all processes: when the next message may go, and until when none may.
create table "channel_pace" (
  "channel" text primary key,
  "next_at" timestamptz(3) not null default now(),
  -- Its platform asked for a pause.
  "paused_until" timestamptz(3),
  -- It could not send at all: it rests, until somebody has mended that, or looks whether it is mended.
  "rests_until" timestamptz(3),
  -- What it allows, as the process that started last has it. Seconds from one place in its line to the next; 0: it says none.
  "gap_s" double precision not null default 0,
  -- So many a second are kept out of the line for answers that find it taken; null: answers take no places at all.
  "leave" smallint,
  -- When answers have made up for what they took of that.
  "leave_at" timestamptz(3) not null default now(),
  -- Seconds between two messages to one person, and how many of them may go at once before that is kept.
  "address_s" double precision not null default 0,
  "address_burst" smallint not null default 1
);

-- One row per (job, subject, moment): the same occurrence never runs twice, on any number of processes.
create table "occurrence" (
  "job" text not null,
  "subject_id" uuid not null,
  "due_at" timestamptz(3) not null,
  "outcome" text not null,
  "reason" text,
  "messages" integer not null default 0,
  "created_at" timestamptz(3) not null default now(),
  primary key ("job", "subject_id", "due_at"),
  constraint "occurrence_outcome" check ("outcome" in ('done', 'skipped'))
);

-- When there is something to be done next for a group: nothing before at. A group without a row, or whose habit was
-- changed, is looked at.
create table "job_due" (
  "job" text not null,
  "subject_id" uuid not null references "savings_group"("id"),
  "at" timestamptz(3) not null,
  primary key ("job", "subject_id")
);
