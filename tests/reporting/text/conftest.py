from hypothesis import HealthCheck, settings

# A busy machine must not fail a property: time is asserted where it is promised, by processor time.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
