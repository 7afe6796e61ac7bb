//! One consistent, read-only picture of the whole county.

mod barriers;
mod directory;
mod layer;
mod net;

pub use barriers::{Window, window_of};
pub use layer::{Layer, SourceNote};

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use geo::BoundingRect;
use geo_types::Rect;

use crate::base::Id;
use crate::model::{Feature, Kind};
use crate::network::{Conditions, Costing, Island, NetKey, Network, islands};
use crate::spatial::{Plane, joined};

/// Everything that is known, at one version of the store. Never mutated: a change makes a new
/// county that shares the layers that did not change.
#[derive(Clone, Debug, Default)]
pub struct County {
    version: u64,
    layers: BTreeMap<Kind, Arc<Layer>>,
    network: Arc<OnceLock<Network>>,
    islands: Arc<OnceLock<Vec<Island>>>,
    /// A net that was made earlier, as bytes: of these roads or of others.
    kept_net: Option<Arc<[u8]>>,
    costing: Arc<Costing>,
}

impl County {
    /// The kinds a road net is made of.
    pub const ROADS: [Kind; 3] = [Kind::Road, Kind::TurnRestriction, Kind::RoadGate];

    /// A county from the rows of each kind.
    pub fn new(version: u64, layers: impl IntoIterator<Item = (Kind, Vec<Feature>)>) -> Self {
        let layers = layers
            .into_iter()
            .filter(|(_, rows)| !rows.is_empty())
            .map(|(kind, rows)| (kind, Arc::new(Layer::new(kind, rows))))
            .collect();
        Self { version, layers, ..Self::default() }
    }

    /// The same county with one layer exchanged, at a new version; the others are shared, and so is the
    /// road net unless the layer decides it.
    #[must_use]
    pub fn with_layer(&self, version: u64, kind: Kind, rows: Vec<Feature>) -> Self {
        let mut layers = self.layers.clone();
        if rows.is_empty() {
            layers.remove(&kind);
        } else {
            layers.insert(kind, Arc::new(Layer::new(kind, rows)));
        }
        let same = !Self::ROADS.contains(&kind)
            || net::is_same(
                self.features(kind),
                layers.get(&kind).map_or(&[], |new| new.features()),
            );
        let (network, islands) =
            if same { (self.network.clone(), self.islands.clone()) } else { Default::default() };
        let (kept_net, costing) = (self.kept_net.clone(), self.costing.clone());
        Self { version, layers, network, islands, kept_net, costing }
    }

    /// The same county with another costing, at a new version; everything else is shared.
    #[must_use]
    pub fn with_costing(&self, version: u64, costing: Costing) -> Self {
        Self { version, costing: Arc::new(costing), ..self.clone() }
    }

    /// What driving and walking cost here.
    pub fn costing(&self) -> &Arc<Costing> {
        &self.costing
    }

    /// The store's version this picture was taken at.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The layer of a kind, if it has any rows.
    pub fn layer(&self, kind: Kind) -> Option<&Layer> {
        self.layers.get(&kind).map(Arc::as_ref)
    }

    /// All layers as they are shared between versions, in the order of [`Kind::ALL`].
    pub fn shared_layers(&self) -> impl Iterator<Item = &Arc<Layer>> {
        self.layers.values()
    }

    /// All layers, in the order of [`Kind::ALL`].
    pub fn layers(&self) -> impl Iterator<Item = &Layer> {
        self.layers.values().map(Arc::as_ref)
    }

    /// The features of a kind that count in answers; empty if there are none.
    pub fn features(&self, kind: Kind) -> &[Feature] {
        self.layer(kind).map_or(&[], Layer::features)
    }

    /// The feature with this id, of whatever kind.
    pub fn feature(&self, id: Id) -> Option<&Feature> {
        self.layers().find_map(|layer| layer.by_id(id))
    }

    /// The same county with a net that was kept, which is used if it is one of these roads.
    #[must_use]
    pub fn with_kept_net(self, bytes: Vec<u8>) -> Self {
        Self { kept_net: Some(bytes.into()), ..self }
    }

    /// The road net, made at first use.
    pub fn network(&self) -> &Network {
        self.network.get_or_init(|| {
            let [roads, restrictions, gates] = Self::ROADS.map(|kind| self.features(kind));
            let kept = self.kept_net.as_ref();
            kept.and_then(|bytes| Network::from_bytes(bytes, &self.net_key()))
                .unwrap_or_else(|| Network::new(roads, restrictions, gates))
        })
    }

    /// Whether there are roads, and the net of these roads is ready with its hierarchy.
    pub fn has_net_ready(&self) -> bool {
        self.network.get().is_some_and(|net| net.is_empty() || net.ready_hierarchy().is_some())
    }

    /// The net as bytes for [`Self::with_kept_net`], with its hierarchy, both made if need be; `None`
    /// without roads, and if it is the one that was kept.
    pub fn net_to_keep(&self) -> Option<Vec<u8>> {
        let net = self.network();
        let key = self.net_key();
        let bytes = (!net.is_empty()).then(|| net.to_bytes(key))?;
        (self.kept_net.as_deref() != Some(&bytes[..])).then_some(bytes)
    }

    /// Works out the times of all vehicles with every road open, by day and on dry roads, for the
    /// questions to come.
    pub fn prepare_times(&self) {
        let (net, table) = (self.network(), self.costing().table());
        for vehicle in table.vehicle.iter().filter(|_| !net.is_empty()) {
            let open = net.open_roads(table, vehicle, Conditions::default());
            open.customised(net.hierarchy());
        }
    }

    /// What the net is made of.
    fn net_key(&self) -> NetKey {
        net::key(Self::ROADS.map(|kind| self.features(kind)))
    }

    /// Pieces of the road net that nothing joins to the rest, looked for at first use.
    pub fn islands(&self) -> &[Island] {
        self.islands.get_or_init(|| islands(&self.network().graph))
    }

    /// The extent of everything, in degrees.
    pub fn extent(&self) -> Option<Rect<f64>> {
        self.layers().filter_map(Layer::extent).reduce(joined)
    }

    /// The county's plane, the Gauss–Krüger zone of its extent; `None` while nothing has a place.
    pub fn plane(&self) -> Option<Plane> {
        self.extent().map(Plane::for_extent)
    }

    /// The settlement a table row refers to by its official code, its id or, if only one has it, its name.
    pub fn resolve(&self, kind: Kind, reference: &str) -> Option<&Feature> {
        self.layer(kind)?.resolve(reference)
    }
}

/// The extent of some features.
fn extent_of(features: &[Feature]) -> Option<Rect<f64>> {
    features.iter().filter_map(|f| f.geometry.as_ref()?.bounding_rect()).reduce(joined)
}
