//! The county's own figures of the costing: whether each of them counts.

use super::Findings;
use crate::base::Message;
use crate::network::OwnFigure;

/// Points out figures that count nowhere, or that the whole list cannot be read.
pub(super) fn figures(lost: &[OwnFigure], is_unreadable: bool, findings: &mut Findings) {
    if is_unreadable {
        let message = || Message::new("store-check-costing-unreadable");
        findings.fault("costing_unreadable", "", None, message);
    }
    for figure in lost {
        findings.note("costing_lost", "", None, || {
            Message::new("store-check-costing-lost")
                .with("key", figure.key.as_str())
                .with("value", figure.value.to_string())
        });
    }
}
