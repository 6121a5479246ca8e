//! Stand-ins for the outside world. Each has a model without HTTP and a thin skin over it; tests look
//! at the model, people look at the inspector. Each is a reading of a platform, never of Chorus.
pub mod discord;
pub mod networks;
pub mod slack;
