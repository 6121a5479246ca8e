//! The fake server's accounts and pairing codes.

use server_api::enums::Platform;
use server_api::identity::PairingCode;
use server_api::ids::IdentityId;
use server_api::me::MyIdentity;
use server_api::problem::Code;
use uuid::Uuid;

use crate::person::Person;
use crate::view::sample_data;

/// Codes that an account may try in an hour, in which everything happens here.
const TRIES: usize = 5;

/// Whose accounts are the member's. Until told otherwise, everybody is the member.
#[derive(Default)]
pub(super) struct Accounts {
    /// Chats on which an account must be added first.
    strange: Vec<Platform>,
    all: Vec<Account>,
    /// Accounts that were taken away again.
    removed: Vec<(Platform, String)>,
    /// The codes so far; only the last counts.
    issued: u32,
    spent: bool,
    tries: Vec<(Platform, String)>,
}

struct Account {
    id: IdentityId,
    platform: Platform,
    user: String,
}

impl Accounts {
    pub(super) fn estrange(&mut self, platform: Platform) {
        self.strange.push(platform);
    }

    /// Whether the account is the member's. On Discord ids hold in every guild.
    pub(super) fn knows(&mut self, person: &Person) -> bool {
        let known = self
            .all
            .iter()
            .any(|one| one.platform == person.platform && one.user == person.user);
        let strange =
            self.strange.contains(&person.platform) || self.removed.contains(&account_of(person));
        if !known && !strange {
            self.add(person);
        }
        known || !strange
    }

    pub(super) fn add(&mut self, person: &Person) -> IdentityId {
        let number = self.all.len() + self.removed.len();
        let id = match sample_data::IDENTITIES.get(number) {
            Some(id) => *id,
            None => IdentityId(Uuid::from_u128(number as u128)),
        };
        self.all.push(Account {
            id,
            platform: person.platform,
            user: person.user.clone(),
        });
        id
    }

    pub(super) fn of_the_member(&self) -> Vec<MyIdentity> {
        self.all
            .iter()
            .map(|account| MyIdentity {
                id: account.id,
                platform: account.platform,
                workspace: "Example".to_owned(),
            })
            .collect()
    }

    pub(super) fn issue(&mut self) -> PairingCode {
        self.issued += 1;
        self.spent = false;
        PairingCode {
            code: self.current(),
            ..sample_data::pairing_code()
        }
    }

    fn current(&self) -> String {
        format!("K7QM-{:04}", self.issued)
    }

    pub(super) fn pair(&mut self, person: &Person, code: &str) -> Result<IdentityId, Code> {
        if self.knows(person) {
            return Err(Code::AlreadyPaired);
        }
        let account = account_of(person);
        if self.tries.iter().filter(|one| **one == account).count() >= TRIES {
            return Err(Code::TooManyRequests);
        }
        self.tries.push(account);
        let counts = self.issued > 0 && !self.spent;
        if !counts || bare(code) != bare(&self.current()) {
            return Err(Code::PairingCodeInvalid);
        }
        self.spent = true;
        Ok(self.add(person))
    }

    pub(super) fn unpair(&mut self, identity: IdentityId) -> Result<(), Code> {
        let at = self.all.iter().position(|account| account.id == identity);
        let at = at.ok_or(Code::NotFound)?;
        if self.all.len() == 1 {
            return Err(Code::WrongState);
        }
        let account = self.all.remove(at);
        self.removed.push((account.platform, account.user));
        Ok(())
    }
}

fn account_of(person: &Person) -> (Platform, String) {
    (person.platform, person.user.clone())
}

/// What counts of a code as typed.
fn bare(code: &str) -> String {
    code.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .collect()
}
